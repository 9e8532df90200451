import { expect, test } from "vitest";
import { pageLinks, type Search } from "./page-links";

const searchOf = (href: string | undefined): Search =>
  Object.fromEntries(new URL(href ?? "", "http://x").searchParams);

test("the only page leads nowhere", () => {
  expect(pageLinks("/requests", { q: "web" }, null)).toEqual({
    previousHref: undefined,
    nextHref: undefined,
  });
});

test("filters go along, and the way back is the way there", () => {
  const second = pageLinks("/requests", { q: "web" }, "c1").nextHref;
  expect(second).toBe("/requests?q=web&cursor=c1");
  const third = pageLinks("/requests", searchOf(second), "c2").nextHref;
  expect(pageLinks("/requests", searchOf(third), null).previousHref).toBe("/requests?q=web&cursor=c1");
  expect(pageLinks("/requests", searchOf(second), null).previousHref).toBe("/requests?q=web");
});

test("the address does not grow without end", () => {
  let href: string | undefined = "/requests";
  for (let page = 0; page < 200; page++)
    href = pageLinks("/requests", searchOf(href), `cursor${page}`).nextHref;
  expect(href?.length).toBeLessThan(600);
});
