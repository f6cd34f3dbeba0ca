// Saves each answer while it is being given. The form works and saves the same without this script.
"use strict"
{
  const form = document.querySelector("form[data-autosave]")
  const live = document.getElementById("live")
  const PAUSE = 800
  const LONGEST_WAIT = 60
  const PATIENCE = 20_000
  /** Browsers refuse to send more than 64 KB, over all requests, from a page that is being left. */
  const MOST_ON_THE_WAY_OUT = 60_000
  const answers = [...(form?.querySelectorAll("[data-question]") ?? [])].map(watch)
  let leaving = false
  /** Before this moment the server wants to hear nothing. */
  let quietUntil = 0

  /** One question: what is on the page, what the server has, and at most one request on its way. */
  function watch(box) {
    const answer = {
      id: box.dataset.question,
      box,
      state: box.querySelector("[data-state]"),
      /** Content and key of the latest request. */
      sent: undefined,
      key: undefined,
      busy: false,
      timer: 0,
      tries: 0,
      /** Keys of what was sent and not heard of: the server may have stored it. */
      unheard: [],
      /** Content that the server will not take, whatever happens: sent again only when it changes. */
      refused: undefined,
      /** Waits for the person to choose between two answers. */
      torn: box.querySelector(".conflict") !== null,
    }
    box.append(unheardField(answer))
    // What the server sent, not what the browser may have filled in again after a reload.
    answer.stored = JSON.stringify(read(answer, true))
    if (answer.torn) say(answer, "Conflict: select which answer to keep, then save and continue", "wrong")
    const changed = (event) => {
      if (/\.(seen|key|unheard|keep)$/.test(event.target.name ?? "")) return
      leaving = false
      schedule(answer, event.type === "change" ? 0 : PAUSE)
    }
    box.addEventListener("input", changed)
    box.addEventListener("change", changed)
    return answer
  }

  /** Tells the same to the server when the form is sent before the reply comes. */
  function unheardField({ id }) {
    const field = document.createElement("input")
    field.type = "hidden"
    field.name = `${id}.unheard`
    field.autocomplete = "off"
    return field
  }

  function waitFor(answer, keys) {
    answer.unheard = keys.slice(-20)
    hidden(answer, "unheard").value = answer.unheard.join(" ")
  }

  const hidden = (answer, part) => answer.box.querySelector(`input[name="${CSS.escape(answer.id)}.${part}"]`)

  /** The question's fields as the form would send them; `first` as they came from the server. */
  function read(answer, first = false) {
    const fields = {}
    for (const field of answer.box.querySelectorAll("input, textarea, select")) {
      const { name, type } = field
      if (name === "" || /\.(seen|key|unheard|conflict|keep)$/.test(name)) continue
      if ((type === "radio" || type === "checkbox") && !(first ? field.defaultChecked : field.checked)) continue
      const value = first && type !== "radio" && type !== "checkbox" ? firstValue(field) : field.value
      fields[name] = name in fields ? [fields[name], value].flat() : value
    }
    return fields
  }

  function firstValue(field) {
    if (field.options === undefined) return field.defaultValue
    return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value
  }

  /** What went back to what it was may have been stored otherwise in between. */
  const isChanged = (answer) => answer.unheard.length > 0 || JSON.stringify(read(answer)) !== answer.stored

  const isRefused = (answer) => answer.refused !== undefined && JSON.stringify(read(answer)) === answer.refused

  function schedule(answer, wait) {
    if (answer.torn) return
    clearTimeout(answer.timer)
    if (!isChanged(answer) && !answer.busy) {
      if (answer.refused !== undefined) calm(answer)
      return
    }
    say(answer, "Not saved yet")
    answer.timer = setTimeout(() => void save(answer), Math.max(wait, quietUntil - Date.now()))
  }

  /** Back to what the server has. */
  function calm(answer) {
    answer.refused = undefined
    say(answer, "")
  }

  /** Sends the answer as it is now. A repeat of the same content has the same key, so the server stores it once. */
  async function save(answer, onTheWayOut = false) {
    clearTimeout(answer.timer)
    if ((answer.busy && !onTheWayOut) || answer.torn || !isChanged(answer) || isRefused(answer)) return
    const content = contentToSend(answer)
    if (answer.sent !== content || answer.key === undefined) answer.key = newKey()
    const key = answer.key
    answer.sent = content
    answer.busy = true
    say(answer, "Saving")
    const unheard = answer.unheard.filter((other) => other !== key)
    waitFor(answer, [...unheard, key])
    const body = JSON.stringify({ seen: Number(hidden(answer, "seen").value), key, unheard, for: form.elements.for.value, fields: JSON.parse(content) })
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), PATIENCE)
    let outcome = () => retry(answer)
    try {
      const response = await fetch(form.dataset.autosave + encodeURIComponent(answer.id), {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body,
        keepalive: onTheWayOut && new Blob([body]).size < MOST_ON_THE_WAY_OUT,
        signal: patience.signal,
      })
      outcome = heard(answer, response, await response.json(), content)
    } catch {
      // Nothing heard, or nothing that can be understood: the server may have it or not.
    }
    clearTimeout(timer)
    // A later request speaks for the answer now.
    if (answer.key !== key) return
    answer.busy = false
    outcome()
    if (answer.tries === 0 && isChanged(answer) && !isRefused(answer)) schedule(answer, 0)
  }

  /** To go back to what the server has, a change that may be on its way still has to arrive first: late, it would undo the going back. */
  function contentToSend(answer) {
    const fields = read(answer)
    const content = JSON.stringify(fields)
    const isEmpty = Object.values(fields).every((value) => value === "")
    const isBack = content === answer.stored || (isEmpty && hidden(answer, "seen").value === "0")
    const isOnItsWay = answer.unheard.length > 0 && answer.key !== undefined
    return isBack && isOnItsWay ? answer.sent : content
  }

  /** What a reply means; whatever is not understood is tried again. */
  function heard(answer, { status, headers }, reply, content) {
    if (status === 200 && reply.outcome === "saved") return () => saved(answer, reply, content)
    if (reply.outcome === "conflict") return () => conflict(answer, reply)
    if (reply.outcome === "closed") return () => refuse(answer, reply.message, content, true)
    if (reply.outcome === "other-person") return () => refuse(answer, reply.message, content, true)
    if (status === 403) return () => retry(answer, 0, ". Open your personal link again in another window; this page then saves by itself")
    if ([400, 404, 413, 415, 422].includes(status) && reply.message) return () => refuse(answer, reply.message, content)
    return () => retry(answer, Number(headers.get("Retry-After")) || 0)
  }

  function saved(answer, reply, content) {
    hidden(answer, "seen").value = String(reply.revision)
    answer.stored = content
    answer.tries = 0
    answer.refused = undefined
    answer.key = undefined
    waitFor(answer, [])
    const at = clock(reply.savedAt)
    const wrong = reply.problems[0]
    say(
      answer,
      wrong ? `Kept as typed at ${at}, but it cannot be counted yet. ${wrong.message}` : `Saved ${at}`,
      wrong ? "wrong" : "saved",
    )
    for (const other of answers) showSkipped(other, reply.skipped[other.id])
    const left = document.querySelector("[data-left]")
    if (left) left.textContent = reply.left
    announce(wrong ? wrong.message : `Saved ${at}. ${reply.left}`)
  }

  const clock = (time) => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })

  /** A question that falls away stays where it is, with a word why. */
  function showSkipped(answer, because) {
    const note = answer.box.querySelector(".falls-away")
    if (because === undefined) return note?.remove()
    if (note || because === "") return
    const added = line(`You can leave this one out: ${because}`, "falls-away")
    answer.box.querySelector("legend").after(added)
  }

  function retry(answer, asked = 0, how = "") {
    answer.tries += 1
    if (asked > 0) quietUntil = Date.now() + asked * 1000
    const wait = Math.max(asked, Math.min(LONGEST_WAIT, 2 ** (answer.tries - 1)))
    say(answer, `Not saved – retrying${how}`, "wrong")
    announce(how ? `An answer is not saved yet${how}` : "An answer is not saved yet. It is tried again.")
    clearTimeout(answer.timer)
    answer.timer = setTimeout(() => void save(answer), wait * 1000)
  }

  /** Says why; what is on the page stays, and is sent again once it is changed. */
  function refuse(answer, why, content, over = false) {
    answer.tries = 0
    answer.refused = content
    waitFor(
      answer,
      answer.unheard.filter((key) => key !== answer.key),
    )
    answer.key = undefined
    say(answer, `Not saved: ${why}`, "wrong")
    announce(`Not saved: ${why}`)
    if (over) offerCopy(why)
  }

  /** Everything that is on the page and was not taken, as one text to copy. */
  function offerCopy(why) {
    const old = document.getElementById("not-taken")
    const panel = old ?? document.createElement("section")
    const box = old?.querySelector("textarea") ?? document.createElement("textarea")
    box.value = answers.filter(isRefused).map(inPlainText).join("\n\n")
    if (old) return
    panel.id = "not-taken"
    panel.className = "conflict"
    panel.setAttribute("aria-label", "What was not saved")
    const label = line("What you filled in and was not saved, to copy:")
    label.id = "not-taken-label"
    box.readOnly = true
    box.rows = 6
    box.setAttribute("aria-labelledby", label.id)
    panel.append(line(why), label, box, button("Select all of it", () => box.select()))
    form.prepend(panel)
  }

  function inPlainText({ box }) {
    const labels = [...box.querySelectorAll("input:checked")].map((input) => input.labels[0]?.textContent ?? "")
    const typed = [...box.querySelectorAll("textarea, input[type=text]")].map((field) => field.value)
    return [box.querySelector("legend").textContent.trim(), ...labels, ...typed].filter((text) => text !== "").join("\n")
  }

  // ------------------------------------------------------------ conflict

  /** Shows both answers and lets the person choose; until then nothing of this question is sent. */
  function conflict(answer, reply) {
    answer.torn = true
    answer.tries = 0
    answer.key = undefined
    waitFor(answer, [])
    say(answer, "Conflict: this answer was changed somewhere else", "wrong")
    announce("An answer was changed somewhere else. Choose which one to keep.")
    const panel = document.createElement("div")
    panel.className = "conflict"
    panel.append(line("This answer was saved somewhere else in the meantime:"), line(reply.text, "as-typed own"))
    panel.append(line("Filled in here:"), line(reply.mine ?? "", "as-typed own"))
    panel.append(
      button("Keep the saved answer", () => {
        fill(answer, reply.fields)
        settle(answer, panel, reply, true)
      }),
      button("Keep mine, as filled in here", () => settle(answer, panel, reply, false)),
    )
    answer.box.querySelector(".conflict")?.remove()
    answer.box.querySelector(".reason").before(panel)
  }

  function settle(answer, panel, reply, theirs) {
    panel.remove()
    hidden(answer, "seen").value = String(reply.revision)
    answer.torn = false
    answer.stored = theirs ? JSON.stringify(read(answer)) : ""
    if (theirs) say(answer, reply.savedAt ? `Saved ${clock(reply.savedAt)}` : "", "saved")
    else void save(answer)
    answer.box.querySelector("input:not([type=hidden]), textarea").focus()
  }

  function fill(answer, fields) {
    for (const input of answer.box.querySelectorAll("input, textarea, select")) {
      if (/\.(seen|key|unheard)$/.test(input.name) || input.name === "") continue
      const values = [fields[input.name] ?? []].flat()
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value)
      else
        input.value =
          values.find(
            (value) => !answer.box.querySelector(`input[name="${CSS.escape(input.name)}"][value="${CSS.escape(value)}"]`),
          ) ?? ""
    }
  }

  function line(text, className = "") {
    const p = document.createElement("p")
    p.textContent = text
    p.className = className
    return p
  }

  function button(text, act) {
    const made = document.createElement("button")
    made.type = "button"
    made.className = "quiet"
    made.textContent = text
    made.addEventListener("click", act)
    return made
  }

  // ------------------------------------------------------------ saying

  function say(answer, text, kind = "") {
    answer.state.textContent = text
    answer.state.className = `save-state ${kind}`
  }

  /** One region for screen readers, spoken to at most every few seconds. */
  let waiting = ""
  let quiet = 0
  function announce(text) {
    waiting = text
    if (quiet) return
    live.textContent = waiting
    quiet = setTimeout(() => {
      quiet = 0
      if (waiting !== live.textContent) announce(waiting)
    }, 5000)
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16))
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  }

  // ------------------------------------------------------------ leaving and coming back

  form?.addEventListener("submit", () => {
    leaving = true
    for (const answer of answers) {
      clearTimeout(answer.timer)
      // What is typed after this click must not meet what the click sends as if it were somebody else's.
      if (isChanged(answer)) waitFor(answer, [...answer.unheard, hidden(answer, "key").value])
    }
  })

  /** Without waiting any longer: the network is back, or the person is. */
  function saveNow() {
    if (leaving || Date.now() < quietUntil) return
    for (const answer of answers) if (isChanged(answer)) void save(answer)
  }
  addEventListener("online", saveNow)
  addEventListener("focus", saveNow)

  addEventListener("pageshow", (event) => {
    leaving = false
    if (event.persisted) {
      // Requests of before were cut off, and other pages may have saved since.
      for (const answer of answers) answer.busy = false
      if (!answers.some((answer) => answer.torn || isChanged(answer))) return location.reload()
    }
    for (const answer of answers) if (isChanged(answer)) schedule(answer, 0)
  })
  addEventListener("beforeunload", (event) => {
    if (!leaving && answers.some((answer) => answer.busy || answer.torn || isChanged(answer))) event.preventDefault()
  })
  // A phone may end a hidden page without another word.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || leaving) return saveNow()
    for (const answer of answers) if (isChanged(answer) && !answer.busy) void save(answer, true)
  })
  addEventListener("pagehide", () => {
    if (leaving) return
    for (const answer of answers) if (isChanged(answer)) void save(answer, true)
  })
}
