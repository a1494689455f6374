// Style elements that scripts create carry the page's nonce, which the policy asks of every one.
{
  const { nonce } = document.currentScript
  const create = Document.prototype.createElement
  Document.prototype.createElement = function createElement(name, ...rest) {
    const element = create.call(this, name, ...rest)
    if (String(name).toLowerCase() === "style") element.nonce = nonce
    return element
  }
}
