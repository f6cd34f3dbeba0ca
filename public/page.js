// Small improvements of plain pages; every page works without them.
"use strict"

// The error summary takes the focus, and its links bring the question, not only its field, into view.
const summary = document.getElementById("error-summary")
if (summary) {
  summary.tabIndex = -1
  summary.focus()
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a")
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!field) return
    event.preventDefault()
    const closed = field.closest("details:not([open])")
    if (closed) closed.open = true
    const title =
      field.closest("fieldset")?.querySelector("legend") ?? document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
    ;(title ?? field).scrollIntoView()
    field.focus({ preventScroll: true })
  })
}

// A second click on a button within a second is the same click.
document.addEventListener("submit", (event) => {
  const form = event.target
  const last = Number(form.dataset.sentAt ?? 0)
  if (event.timeStamp - last < 1000 && last > 0) event.preventDefault()
  else form.dataset.sentAt = String(event.timeStamp)
})

// Times are written in UTC; readers see their own.
for (const time of document.querySelectorAll("time[datetime]")) {
  const date = new Date(time.dateTime)
  if (!Number.isNaN(date.getTime())) time.textContent = date.toLocaleString([], { dateStyle: "long", timeStyle: "short" })
}

// "None of these", "I don't know" and the like exclude all other boxes of their group, and the other way round.
document.addEventListener("change", (event) => {
  const box = event.target
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || !box.checked) return
  const group = box.closest("fieldset")
  const alone = box.hasAttribute("data-alone")
  for (const other of group?.querySelectorAll('input[type="checkbox"]') ?? []) {
    if (other !== box && (alone || other.hasAttribute("data-alone"))) other.checked = false
  }
  if (alone) for (const input of group.querySelectorAll("input[data-figure]")) input.value = ""
})
document.addEventListener("input", (event) => {
  if (!(event.target instanceof HTMLInputElement) || !event.target.hasAttribute("data-figure") || event.target.value === "")
    return
  for (const box of event.target.closest("fieldset")?.querySelectorAll('input[type="checkbox"][data-alone]') ?? [])
    box.checked = false
})

// Before printing, what is folded is opened.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true
})
