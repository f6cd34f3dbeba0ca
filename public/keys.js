// Number keys choose options. They can be switched off, and the page works without them.
"use strict"
{
  const help = document.getElementById("keys")
  const isOn = document.getElementById("number-keys")
  if (help && isOn) {
    help.hidden = false
    isOn.checked = remembered() !== "off"
    isOn.addEventListener("change", () => remember(isOn.checked ? "on" : "off"))
    document.addEventListener("keydown", choose)
  }

  function choose(event) {
    if (!isOn.checked || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    if (!/^[0-9]$/.test(event.key) || event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return
    const isNowhere = event.target === document.body || event.target.id === "main"
    const question = event.target.closest("[data-question]") ?? (isNowhere ? firstInView() : undefined)
    const choices = [...(question?.querySelectorAll(":scope > .choices input") ?? [])]
    const choice = event.key === "0" ? choices.find(({ value }) => value === "dont-know") : choices[Number(event.key) - 1]
    if (!choice) return
    event.preventDefault()
    choice.focus()
    choice.click()
  }

  function firstInView() {
    return [...document.querySelectorAll("[data-question]")].find((question) => {
      const { top, bottom } = question.getBoundingClientRect()
      return bottom > 80 && top < innerHeight - 80
    })
  }

  function remembered() {
    try {
      return sessionStorage.getItem("number-keys")
    } catch {
      return "on"
    }
  }

  function remember(state) {
    try {
      sessionStorage.setItem("number-keys", state)
    } catch {
      // Then the choice holds for this page.
    }
  }
}
