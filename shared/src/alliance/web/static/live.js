// Says how a live part is doing, lets people pause it, and swaps in nothing but what was asked for.
import './htmx-sse.min.js'

const AGAIN = 10000
const OFF = 'Updates are paused'
const LOST = 'Not connected. Trying again'
const SIGNED_OUT = 'You are no longer signed in. Refresh the page'

const clock = () =>
  new Date()
    .toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true, timeZone: 'Europe/London' })
    .replace(/\s/g, '')
const refused = (answer) => answer?.raw?.redirected || [401, 403].includes(answer?.status)

for (const live of document.querySelectorAll('[data-live]')) {
  const status = live.querySelector('[role=status]')
  const pause = live.querySelector('[data-live-pause]')
  const refresh = live.querySelector('[data-live-refresh]')
  const rows = live.querySelector('[data-live-rows]')
  let fresh = 'Updates by itself'
  let paused = false
  let missed = false
  let over = false

  const say = (state, words) => {
    if (over) return
    live.dataset.liveState = state
    refresh.hidden = state === 'on'
    if (status.textContent !== words) status.textContent = words
  }
  const well = () => say(paused ? 'paused' : 'on', paused ? OFF : fresh)
  const lost = () => say('lost', LOST)
  const end = () => {
    say('lost', SIGNED_OUT)
    over = true
    pause.hidden = true
  }

  pause.hidden = false
  pause.addEventListener('click', () => {
    paused = !paused
    pause.textContent = paused ? 'Resume updates' : 'Pause updates'
    well()
    if (!paused && missed) live.dispatchEvent(new Event('changed'))
    missed = false
  })

  live.addEventListener('htmx:sse:after:connection', well)
  live.addEventListener('htmx:sse:error', (event) => (refused(event.detail) ? end() : lost()))
  live.addEventListener('htmx:sse:before:message', (event) => {
    if (!paused) return
    event.preventDefault()
    missed = true
    say('paused', 'Updates are paused. There is something new')
  })

  // The stream did not begin: it is only asked for once by itself.
  const begin = (event) => {
    if (event.target !== live) return
    if (refused(event.detail.ctx?.response)) return end()
    lost()
    setTimeout(() => live.dispatchEvent(new Event('reconnect')), AGAIN)
  }
  live.addEventListener('htmx:after:request', begin)
  live.addEventListener('htmx:error', begin)

  // A session that has ended may answer with the sign-in page, which must not come to stand inside this one.
  rows.addEventListener('htmx:after:request', (event) => {
    const answer = event.detail.ctx?.response
    if (answer?.raw?.ok && !answer.raw.redirected) return
    event.preventDefault()
    if (refused(answer)) end()
    else lost()
  })
  rows.addEventListener('htmx:error', lost)
  rows.addEventListener('htmx:after:swap', () => {
    fresh = `Updated at ${clock()}`
    well()
  })
}
