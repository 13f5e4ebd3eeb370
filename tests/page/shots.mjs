// Pictures of a page, to be looked at: node tests/page/shots.mjs FILE.html DIR [QUERY]

import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser } from "./browser.mjs";

const [file, folder, query = ""] = process.argv.slice(2);
const name = basename(file, ".html");
const url = pathToFileURL(resolve(file)).href;
const browser = new Browser(process.env.CHROMIUM ?? "chromium");
mkdirSync(folder, { recursive: true });

const VIEWS = [
  ["light", {}, ""],
  ["dark", { dark: true }, ""],
  ["actors", {}, "tab=actors"],
  ["ties", {}, "tab=ties"],
  ["names", {}, "tab=names"],
  ["phone", { width: 390, height: 844, phone: true }, ""],
];
try {
  for (const [view, size, hash] of VIEWS) {
    const page = await browser.page(size);
    await page.open(`${url}#${hash}`);
    await page.screenshot(join(folder, `${name}-${view}.png`));
    if (query && ["light", "dark", "phone"].includes(view)) {
      await page.value(`document.getElementById("search").focus()`);
      await page.type(query);
      await page.screenshot(join(folder, `${name}-${view}-search.png`));
      await page.press("Enter");
      await new Promise((done) => setTimeout(done, 700));
      await page.screenshot(join(folder, `${name}-${view}-actor.png`));
      await page.value(`document.querySelector("#details .rows .link").click()`);
      await new Promise((done) => setTimeout(done, 700));
      await page.screenshot(join(folder, `${name}-${view}-tie.png`));
    }
    if (page.faults.length) console.log(view, page.faults);
    await page.close();
  }
} finally {
  await browser.close();
}
