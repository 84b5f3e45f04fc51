// Reads calendars as Thunderbird does: a line with a calendar as JSON text in, a line of JSON out.
import { createInterface } from "node:readline";
import ICAL from "ical.js";

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const method = calendar.getFirstPropertyValue("method") ?? "";
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      method,
      uid: event.uid,
      sequence: event.sequence,
      status: component.getFirstPropertyValue("status") ?? "",
      summary: event.summary,
      starts: event.startDate.toUnixTime(),
      ends: event.endDate.toUnixTime(),
      zone: event.startDate.zone.tzid,
      properties: component.getAllProperties().length,
    };
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { events: read(JSON.parse(line)) };
  } catch (error) {
    answer = { fault: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
