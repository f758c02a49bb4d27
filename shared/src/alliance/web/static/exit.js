// Leaves the site by the button or by Shift pressed three times. Without this file the button is an ordinary link.
const PRESSES = 3
const WITHIN = 5000

const button = document.querySelector('[data-exit]')
let presses = []

function leave() {
  document.documentElement.classList.add('alliance-leaving')
  document.title = ' '
  // `replace` leaves this page out of the history; pages seen before it stay there, which no site can undo.
  window.location.replace(button.href)
}

button.addEventListener('click', (event) => {
  event.preventDefault()
  leave()
})

document.addEventListener('keyup', (event) => {
  if (event.key !== 'Shift') {
    presses = []
    return
  }
  presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp]
  if (presses.length >= PRESSES) leave()
})

// Back from the other site, the page shows itself again.
window.addEventListener('pageshow', () => document.documentElement.classList.remove('alliance-leaving'))
