"""Values that a spreadsheet program has put in place of what somebody typed, in CSV as plain text.

- The name of an error, in any language: `#NAME?`, `#BEZUG!`, `#N/A`, and what stands for a column
  that is too narrow, `########`.
- A long number in scientific notation, `3.1996E+282`: its other digits are gone. It is what becomes
  of the CELEX number 31996E0278.

Writing puts an apostrophe before a text that reads like one of these, and reading takes it away,
as with formulas.
"""

import re

#: How many digits of a number spreadsheet programs keep (IEEE 754).
DIGITS = 15
_ERROR = re.compile(
    r"#[¿¡]?(?=[^\W\d])[\w.]+(?:/0)?[!?]"  # #NAME? #¿NOMBRE? #DIV/0! #WERT! #DĚLENÍ_NULOU!
    r"|#[^\W\d_]/[^\W\d_]|#-TV|#{3,}"  # #N/A #Н/Д
    r"|(?:Err|Fehler|Erreur|Erro|Błąd|Chyba|Fout|Fejl|Fel|Hiba|Virhe|Ошибка):5\d\d"
    r"|#(?:NV|YOK|HIÁNYZIK|NEDOSTUPNÝ|NENÍ_K_DISPOZICI|GETTING_DATA)"
)
_SCIENTIFIC = re.compile(r"[-+]?\d(?:[.,]\d+)?E\+\d{2,3}", re.IGNORECASE)


def reason(text: str) -> str:
    """Return "error" or "digits" for a text that is such a value, else ""."""
    if "#" in text or ":5" in text:
        plain = text.strip()
        is_shouted = plain.isupper() or plain[:1] != "#" or not plain.strip("#")
        return "error" if is_shouted and _ERROR.fullmatch(plain) else ""
    if "E+" in text or "e+" in text:
        return "digits" if _SCIENTIFIC.fullmatch(text.strip()) else ""
    return ""
