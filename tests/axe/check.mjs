// Opens each HTML file in Chromium, wide and narrow, light and dark, and lists what axe-core finds.
// The pages must also load nothing: a request to anywhere but the file itself is a finding.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const views = [
  { width: 1200, height: 900, colorScheme: 'light' },
  { width: 1200, height: 900, colorScheme: 'dark' },
  { width: 360, height: 740, colorScheme: 'light' },
];

async function findingsOf(browser, file, view) {
  // bypassCSP: the pages forbid every script, axe-core's too.
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    colorScheme: view.colorScheme,
    bypassCSP: true,
  });
  const page = await context.newPage();
  const url = pathToFileURL(resolve(file)).href;
  const findings = [];
  page.on('request', (request) => {
    if (request.url() !== url) findings.push('the page asks for another resource');
  });
  await page.goto(url);
  // Tables folded into <details> are checked as well.
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run());
  for (const violation of result.violations) {
    const where = violation.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ');
    findings.push(`${violation.id} (${violation.impact}), ${violation.nodes.length} times: ${where}`);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  if (overflow) findings.push('the page scrolls sideways');
  await context.close();
  return { findings, passes: result.passes.length };
}

const files = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox'],  // needed where the check runs as root, in a container
});
let failed = false;
for (const file of files) {
  for (const view of views) {
    const { findings, passes } = await findingsOf(browser, file, view);
    const name = `${file} (${view.width} px, ${view.colorScheme})`;
    console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passes} rules passed`);
    for (const finding of findings) console.log(`     ${finding}`);
    failed ||= findings.length > 0;
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
