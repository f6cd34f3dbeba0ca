// Saves each answer while it is being given. The form works and saves the same without this script.
"use strict"
{
  const form = document.querySelector("form[data-autosave]")
  const live = document.getElementById("live")
  const PAUSE = 800
  const LONGEST_WAIT = 60
  const PATIENCE = 20_000
  const answers = [...(form?.querySelectorAll("[data-question]") ?? [])].map(watch)
  let leaving = false

  /** One question: what is on the page, what the server has, and at most one request on its way. */
  function watch(box) {
    const id = box.dataset.question
    const answer = {
      id,
      box,
      state: box.querySelector("[data-state]"),
      sent: undefined,
      busy: false,
      timer: 0,
      tries: 0,
      key: undefined,
      /** Keys of what was sent and not heard of: the server may have stored it. */
      unheard: [],
      stopped: false,
    }
    box.append(unheardField(answer))
    answer.stored = JSON.stringify(read(answer))
    const changed = (event) => {
      if (event.target.name?.endsWith(".seen") || event.target.name?.endsWith(".key")) return
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
    answer.box.querySelector(`input[name="${answer.id}.unheard"]`).value = answer.unheard.join(" ")
  }

  const seen = (answer) => answer.box.querySelector(`input[name="${answer.id}.seen"]`)

  /** The question's fields as the form would send them. */
  function read(answer) {
    const fields = {}
    for (const [name, value] of new FormData(form)) {
      const isOwn = name === answer.id || name.startsWith(`${answer.id}.`)
      if (!isOwn || /\.(seen|key|unheard|conflict|keep)$/.test(name)) continue
      fields[name] = name in fields ? [fields[name], value].flat() : value
    }
    return fields
  }

  /** What went back to what it was may have been stored otherwise in between. */
  const isChanged = (answer) => answer.unheard.length > 0 || JSON.stringify(read(answer)) !== answer.stored

  function schedule(answer, wait) {
    if (answer.stopped) return
    clearTimeout(answer.timer)
    if (!isChanged(answer) && !answer.busy) return
    say(answer, "Not saved yet")
    answer.timer = setTimeout(() => void save(answer), wait)
  }

  /** Sends the answer as it is now. A repeat of the same content has the same key, so the server stores it once. */
  async function save(answer, onTheWayOut = false) {
    clearTimeout(answer.timer)
    if ((answer.busy && !onTheWayOut) || answer.stopped || !isChanged(answer)) return
    const fields = read(answer)
    const content = JSON.stringify(fields)
    if (answer.sent !== content) answer.key = newKey()
    answer.sent = content
    answer.busy = true
    say(answer, "Saving")
    const unheard = answer.unheard.filter((key) => key !== answer.key)
    waitFor(answer, [...unheard, answer.key])
    const body = JSON.stringify({ seen: Number(seen(answer).value), key: answer.key, unheard, fields })
    const headers = { "Content-Type": "application/json" }
    try {
      const response = await fetch(form.dataset.autosave + encodeURIComponent(answer.id), {
        method: "PUT",
        headers,
        body,
        keepalive: onTheWayOut && body.length < 60000,
        signal: onTheWayOut ? undefined : AbortSignal.timeout(PATIENCE),
      })
      await hear(answer, response, content)
    } catch {
      retry(answer)
    }
    answer.busy = false
    if (!answer.stopped && answer.tries === 0 && isChanged(answer)) schedule(answer, 0)
  }

  async function hear(answer, response, content) {
    const reply = await response.json()
    if (response.status === 200) return saved(answer, reply, content)
    if (reply.outcome === "conflict") return conflict(answer, reply)
    if (reply.outcome === "closed") return stop(answer, `Not saved: ${reply.message}`)
    if (response.status === 403)
      return stop(answer, "Not saved: open your personal link again, in another window, then change the answer once more", true)
    if (response.status === 429 || response.status >= 500) return retry(answer, Number(response.headers.get("Retry-After") ?? 0))
    stop(answer, `Not saved: ${reply.message}`, true)
  }

  function saved(answer, reply, content) {
    seen(answer).value = String(reply.revision)
    answer.stored = content
    answer.tries = 0
    answer.unsaved = false
    waitFor(answer, [])
    const at = new Date(reply.savedAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    const wrong = reply.problems[0]
    say(
      answer,
      wrong ? `Kept as typed at ${at}, but it cannot be counted yet. ${wrong.message}` : `Saved ${at}`,
      wrong ? "wrong" : "saved",
    )
    for (const other of answers) showSkipped(other, reply.skipped[other.id])
    announce(wrong ? wrong.message : `Saved ${at}. ${reply.left}`)
  }

  /** A question that falls away stays where it is, with a word why. */
  function showSkipped(answer, because) {
    const note = answer.box.querySelector(".falls-away")
    if (because === undefined) return note?.remove()
    if (note || because === "") return
    const added = document.createElement("p")
    added.className = "falls-away"
    added.textContent = `You can leave this one out: ${because}`
    answer.box.querySelector("legend").after(added)
  }

  function retry(answer, asked = 0) {
    answer.tries += 1
    const wait = Math.max(asked, Math.min(LONGEST_WAIT, 2 ** (answer.tries - 1)))
    say(answer, "Not saved – retrying", "wrong")
    announce("An answer is not saved yet. It is tried again.")
    clearTimeout(answer.timer)
    answer.timer = setTimeout(() => void save(answer), wait * 1000)
  }

  function stop(answer, text, again = false) {
    say(answer, text, "wrong")
    announce(text)
    answer.tries = 0
    waitFor(answer, [])
    answer.stopped = !again
    answer.sent = undefined
    if (again) answer.stored = JSON.stringify(read(answer))
    answer.unsaved = true
  }

  // ------------------------------------------------------------ conflict

  /** Shows both answers and lets the person choose; until then nothing of this question is sent. */
  function conflict(answer, reply) {
    answer.stopped = true
    answer.tries = 0
    waitFor(answer, [])
    say(answer, "Conflict: this answer was changed somewhere else", "wrong")
    announce("An answer was changed somewhere else. Choose which one to keep.")
    const panel = document.createElement("div")
    panel.className = "conflict"
    panel.append(line("This answer was saved somewhere else in the meantime:"), line(reply.text, "as-typed"))
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
    seen(answer).value = String(reply.revision)
    answer.stopped = false
    answer.sent = undefined
    if (theirs) {
      answer.stored = JSON.stringify(read(answer))
      say(
        answer,
        reply.savedAt ? `Saved ${new Date(reply.savedAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}` : "",
        "saved",
      )
    } else {
      answer.stored = ""
      void save(answer)
    }
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

  // ------------------------------------------------------------ leaving

  form?.addEventListener("submit", () => {
    leaving = true
    for (const answer of answers) clearTimeout(answer.timer)
  })
  addEventListener("pageshow", () => {
    leaving = false
  })
  addEventListener("beforeunload", (event) => {
    if (!leaving && answers.some((answer) => answer.busy || answer.unsaved || answer.tries > 0 || isChanged(answer)))
      event.preventDefault()
  })
  addEventListener("pagehide", () => {
    if (leaving) return
    for (const answer of answers) if (isChanged(answer)) void save(answer, true)
  })
}
