// Watches an answering page from the inside, as its user sees it: what each question says of itself, and what is in its fields.
"use strict"
{
  const boxes = () => [...document.querySelectorAll("form[data-autosave] [data-question]")]
  const own = (box, name) => box.querySelector(`[name="${box.dataset.question}${name}"]`)
  const options = (box) => [...box.querySelectorAll(`input[type="radio"][name="${box.dataset.question}"]`)]

  const look = (box) => ({
    question: box.dataset.question,
    says: box.querySelector("[data-state]").textContent.trim(),
    seen: Number(own(box, ".seen").value),
    value: options(box).find((option) => option.checked)?.value ?? "",
    comment: own(box, ".comment")?.value ?? "",
    asks: box.querySelector(".conflict") !== null,
  })

  const watched = {
    look: () =>
      boxes()
        .filter((box) => options(box).length > 0)
        .map(look),
    /** Chooses another option, with a comment when one is given. Gives what the fields then hold. */
    answer(question, turn, comment) {
      const box = boxes().find((one) => one.dataset.question === question)
      if (!box) return undefined
      const others = options(box).filter((option) => /^\d$/.test(option.value) && !option.checked)
      if (comment) {
        own(box, ".comment").value = comment
        own(box, ".comment").dispatchEvent(new Event("input", { bubbles: true }))
      }
      others[turn % others.length].click()
      return look(box)
    },
    /** Answers and is gone within the same few milliseconds. */
    answerAndGo(question, turn, comment, way) {
      const answered = watched.answer(question, turn, comment)
      if (!answered) return undefined
      const go = () => document.querySelector(way).click()
      setTimeout(go, turn % 10)
      return answered
    },
    /** Settles every conflict that the page asks about, in the script's panel or in the form that the server sent. */
    settle(mine) {
      for (const panel of document.querySelectorAll(".conflict")) {
        const buttons = [...panel.querySelectorAll("button")]
        const radios = [...panel.querySelectorAll("input[type=radio]")]
        ;(buttons[mine ? 1 : 0] ?? radios[mine ? 1 : 0])?.click()
      }
      return document.querySelectorAll(".conflict input[type=radio]").length > 0
    },
  }
  window.trust = watched

  // Together what stands there once the page has come to rest: a word that is replaced at once was never shown.
  const tell = () => setTimeout(() => window.saw?.(watched.look()), 0)
  addEventListener("DOMContentLoaded", () => {
    tell()
    const observer = new MutationObserver(tell)
    for (const box of boxes())
      observer.observe(box.querySelector("[data-state]"), { childList: true, characterData: true, subtree: true })
  })
}
