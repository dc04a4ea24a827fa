// Prints when the first event of each calendar file comes, as JSON in UTC: node read_calendar.mjs PACKAGE MOST:FILE ...
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...wanted] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(join(folder, "dist", "ical.js")));
const said = {};
for (const one of wanted) {
  const [most, ...rest] = one.split(":");
  const file = rest.join(":");
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  const steps = event.iterator();
  said[file] = [];
  for (let at = steps.next(); at && said[file].length < Number(most); at = steps.next()) {
    said[file].push(at.toJSDate().toISOString());
  }
}
process.stdout.write(JSON.stringify(said));
