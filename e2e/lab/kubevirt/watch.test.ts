import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { objectsAt, textAt, valueAt } from "./json";
import { callLab, until, watchLab } from "./lab-client";
import type { KubevirtLab } from "./server";
import { startKubevirtLab } from "./server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());
beforeEach(() => lab.control.faults.clear());

const path = "/api/v1/namespaces/default/configmaps";
const put = (name: string, labels: Record<string, string> = {}) =>
  lab.control.put({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default", labels } });
const revision = async () =>
  textAt((await callLab(lab, "GET", `${path}?limit=1`)).body, "metadata", "resourceVersion") ?? "";
const namesIn = (body: Parameters<typeof objectsAt>[0]) =>
  objectsAt(body, "items").map((one) => textAt(one, "metadata", "name"));

test("a list comes in pages that show one moment", async () => {
  for (const name of ["page-1", "page-2", "page-3"]) put(name);
  const first = await callLab(lab, "GET", `${path}?limit=2`);
  expect(namesIn(first.body)).toEqual(["page-1", "page-2"]);
  expect(valueAt(first.body, "metadata", "remainingItemCount")).toBe(1);
  put("page-4");
  const token = textAt(first.body, "metadata", "continue") ?? "";
  const second = await callLab(lab, "GET", `${path}?limit=2&continue=${encodeURIComponent(token)}`);
  expect(namesIn(second.body)).toEqual(["page-3"]);
  expect(textAt(second.body, "metadata", "resourceVersion")).toBe(
    textAt(first.body, "metadata", "resourceVersion"),
  );

  lab.control.compact();
  const stale = await callLab(lab, "GET", `${path}?limit=2&continue=${encodeURIComponent(token)}`);
  expect(stale).toMatchObject({ code: 410, body: { reason: "Expired" } });
  const fresh = textAt(stale.body, "metadata", "continue") ?? "";
  const resumed = await callLab(lab, "GET", `${path}?limit=9&continue=${encodeURIComponent(fresh)}`);
  expect(namesIn(resumed.body)).toEqual(["page-3", "page-4"]);
});

test("labels and names select", async () => {
  put("red", { color: "red" });
  put("blue", { color: "blue" });
  const select = async (query: string) => namesIn((await callLab(lab, "GET", `${path}?${query}`)).body);
  expect(await select("labelSelector=color%3Dred")).toEqual(["red"]);
  expect(await select("labelSelector=color+in+(red,blue)")).toEqual(["blue", "red"]);
  expect(await select("labelSelector=color,color!%3Dred")).toEqual(["blue"]);
  expect(await select("fieldSelector=metadata.name%3Dblue")).toEqual(["blue"]);
});

test("a watch tells what happens after a revision", async () => {
  const watch = await watchLab(lab, `${path}?watch=true&resourceVersion=${await revision()}`);
  put("seen");
  put("seen", { changed: "yes" });
  lab.control.remove("configmap", "default", "seen");
  await watch.waitFor((event) => event.type === "DELETED");
  expect(watch.events.map((event) => event.type)).toEqual(["ADDED", "MODIFIED", "DELETED"]);
  watch.close();
});

test("a filtered watch sees objects enter and leave its filter", async () => {
  const watch = await watchLab(
    lab,
    `${path}?watch=true&labelSelector=in%3Dyes&resourceVersion=${await revision()}`,
  );
  put("moving", { in: "no" });
  put("moving", { in: "yes" });
  put("moving", { in: "no" });
  await watch.waitFor((event) => event.type === "DELETED");
  expect(watch.events.map((event) => event.type)).toEqual(["ADDED", "DELETED"]);
  watch.close();
});

test("initial events end with an annotated bookmark", async () => {
  const query =
    "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
  const watch = await watchLab(lab, `${path}?${query}`);
  const bookmark = await watch.waitFor((event) => event.type === "BOOKMARK");
  expect(valueAt(bookmark.object, "metadata", "annotations")).toEqual({
    "k8s.io/initial-events-end": "true",
  });
  expect(Object.keys(bookmark.object).sort()).toEqual(["apiVersion", "kind", "metadata"]);
  expect(watch.events.slice(0, -1).every((event) => event.type === "ADDED")).toBe(true);
  watch.close();
  expect((await callLab(lab, "GET", `${path}?watch=true&sendInitialEvents=true`)).code).toBe(422);
});

test("a bookmark comes before a watch ends on its timeout", async () => {
  const watch = await watchLab(
    lab,
    `${path}?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=${await revision()}`,
  );
  await watch.waitForEnd();
  expect(watch.events.at(-1)?.type).toBe("BOOKMARK");
});

test("a compacted revision ends the watch with an Expired event", async () => {
  const old = await revision();
  put("later");
  lab.control.compact();
  const watch = await watchLab(lab, `${path}?watch=true&resourceVersion=${old}`);
  await watch.waitForEnd();
  expect(watch.events).toHaveLength(1);
  expect(watch.events[0]).toMatchObject({
    type: "ERROR",
    object: { kind: "Status", reason: "Expired", code: 410 },
  });
  expect(watch.events[0]?.object["message"]).toMatch(
    new RegExp(`^too old resource version: ${old} \\(\\d+\\)$`),
  );
  const list = await callLab(lab, "GET", `${path}?resourceVersion=${old}&resourceVersionMatch=Exact`);
  expect(list.body["message"]).toBe("The resourceVersion for the provided list is too old.");
});

test("a revision in the future is a timeout", async () => {
  const answer = await callLab(lab, "GET", `${path}?resourceVersion=999999999`);
  expect(answer.code).toBe(504);
  expect(answer.body["message"]).toMatch(/^Timeout: Too large resource version: 999999999, current: \d+$/);
  expect(valueAt(answer.body, "details", "retryAfterSeconds")).toBe(1);
});

test("watches can be reset, silenced, expired and corrupted", async () => {
  const open = async () => watchLab(lab, `${path}?watch=true&resourceVersion=${await revision()}`);
  const reset = await open();
  lab.control.faults.set({ watchReset: true, times: 1 });
  await reset.waitForEnd();

  const expiring = await open();
  lab.control.faults.set({ watch410: true, times: 1 });
  expect((await expiring.waitFor((event) => event.type === "ERROR")).object["code"]).toBe(410);

  const corrupt = await open();
  lab.control.faults.set({ corruptLine: true, times: 1 });
  put("corrupted");
  await until("the broken line", () => corrupt.broken[0]);
  put("whole");
  await corrupt.waitFor((event) => textAt(event.object, "metadata", "name") === "whole");
  corrupt.close();

  const silent = await open();
  lab.control.faults.set({ watchHalfOpen: true });
  put("unheard");
  const heard = await open();
  await callLab(lab, "GET", path);
  expect(silent.isOpen).toBe(true);
  expect([...silent.events, ...heard.events]).toEqual([]);
  expect(lab.control.dropWatches()).toBeGreaterThan(0);
  await silent.waitForEnd();
});
