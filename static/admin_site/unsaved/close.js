// The window in which somebody has signed in beside a form.
if (window.opener || window.history.length <= 3) window.close()
