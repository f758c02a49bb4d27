// Makes ../src/alliance/web/static from npm packages and the sources here, and writes its checksums.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, 'node_modules')
const out = join(here, '../src/alliance/web/static')
const axe = join(here, '../../tests/browser')

const read = (path) => readFileSync(join(modules, path), 'utf8')
const withoutMap = (text) => text.replace(/\/\/# sourceMappingURL=\S+\s*$/, '').trimEnd()
const version = (name) => JSON.parse(read(`${name}/package.json`)).version

const { css } = compile(join(here, 'scss/alliance.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true
})
writeFileSync(join(out, 'alliance.css'), `${css}\n`)

writeFileSync(
  join(out, 'nhsuk-frontend.min.js'),
  `/*! nhsuk-frontend ${version('nhsuk-frontend')} | MIT | licences/nhsuk-frontend.txt */\n` +
    `${withoutMap(read('nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.js'))}\n`
)
// One module: the extension has to be there when the library starts, and neither needs to be global.
writeFileSync(
  join(out, 'htmx-sse.min.js'),
  `/*! htmx.org ${version('htmx.org')} with its hx-sse extension | 0BSD | licences/htmx.txt */\n` +
    `${withoutMap(read('htmx.org/dist/htmx.min.js'))}\n` +
    `${withoutMap(read('htmx.org/dist/ext/hx-sse.min.js'))}\n`
)
cpSync(join(modules, 'htmx.org/LICENSE'), join(out, 'licences/htmx.txt'))

// Only the icons that the style sheet names; the NHS's own marks are not for everybody.
const icons = new Set([...css.matchAll(/url\(["']?assets\/images\/([\w-]+\.svg)/g)].map((found) => found[1]))
mkdirSync(join(out, 'assets/images'), { recursive: true })
for (const icon of icons) {
  cpSync(join(modules, 'nhsuk-frontend/dist/nhsuk/assets/images', icon), join(out, 'assets/images', icon))
}

mkdirSync(axe, { recursive: true })
cpSync(join(modules, 'axe-core/axe.min.js'), join(axe, 'axe.min.js'))

const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'CHECKSUMS')
  .map((entry) => relative(out, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
  .sort()
const sums = files.map((file) => `${createHash('sha256').update(readFileSync(join(out, file))).digest('hex')}  ${file}`)
writeFileSync(join(out, 'CHECKSUMS'), `${sums.join('\n')}\n`)
console.log(`${files.length} files in ${out}`)
