// Starts what a page needs: the NHS components always, live parts and the quick exit only where there are any.
import { initAll } from './nhsuk-frontend.min.js'

initAll()
if (document.querySelector('[data-live]')) import('./live.js')
if (document.querySelector('[data-exit]')) import('./exit.js')
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
