// Tracked changes as if they were accepted, without the comments of reviewers and hidden text.
import { isHidden, officeStyle } from "./styles.js"

const DELETED = "del, .msoDel, .TrackChangeTextDeletion"
const COMMENTS = ".MsoCommentReference, .msocomanchor, a[href^='#cmnt']"

export const acceptRevisions = (body) => {
  for (const element of body.querySelectorAll(`${DELETED}, ${COMMENTS}`)) element.remove()
  for (const element of body.querySelectorAll("[data-style]")) {
    if (isHidden(element) || /^comment/.test(officeStyle(element, "mso-element"))) element.remove()
  }
}
