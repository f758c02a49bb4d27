// Says how a live part is doing, lets people pause it, and swaps in nothing but what was asked for.
import './htmx-sse.min.js'

const SAYS = {
  on: 'Updates by itself',
  paused: 'Updates are paused',
  lost: 'Not connected. Trying again'
}

const clock = () => new Date().toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', timeZone: 'Europe/London' })

for (const live of document.querySelectorAll('[data-live]')) {
  const status = live.querySelector('[role=status]')
  const pause = live.querySelector('[data-live-pause]')
  const refresh = live.querySelector('[data-live-refresh]')
  const rows = live.querySelector('[data-live-rows]')
  let paused = false
  let missed = false
  let gone = false

  const say = (state, words = SAYS[state]) => {
    if (gone) return
    live.dataset.liveState = state
    refresh.hidden = state === 'on'
    if (status.textContent !== words) status.textContent = words
  }

  pause.hidden = false
  pause.addEventListener('click', () => {
    paused = !paused
    pause.textContent = paused ? 'Resume updates' : 'Pause updates'
    say(paused ? 'paused' : 'on')
    if (!paused && missed) {
      missed = false
      live.dispatchEvent(new Event('changed'))
    }
  })

  live.addEventListener('htmx:sse:after:connection', () => say(paused ? 'paused' : 'on'))
  live.addEventListener('htmx:sse:error', () => say('lost'))
  live.addEventListener('htmx:sse:close', () => say('lost'))
  live.addEventListener('htmx:sse:before:message', (event) => {
    if (!paused) return
    missed = true
    event.preventDefault()
    say('paused', 'Updates are paused. There is something new')
  })

  // A session that has ended answers with the sign-in page, which must not come to stand inside this one.
  rows.addEventListener('htmx:after:request', (event) => {
    const answer = event.detail.ctx?.response
    const ours = answer?.raw?.ok && !answer.raw.redirected && answer.headers?.get('content-type')?.startsWith('text/html')
    if (ours) return
    event.preventDefault()
    const status = answer?.raw?.status
    if (answer?.raw?.redirected || status === 401 || status === 403) {
      say('lost', 'You are no longer signed in. Refresh the page')
      gone = true
    } else {
      say('lost')
    }
  })
  rows.addEventListener('htmx:after:swap', () => say('on', `Updated at ${clock()}`))
}
