import { expect, test } from "vitest";
import { describeRoute } from "./describe-route";

test("a thing's id and a calendar's secret address are not in the path that is written down", () => {
  const secret = "q".repeat(43);
  expect(describeRoute(`/api/calendar/${secret}.ics?lang=en`)).toBe("/api/calendar/[feed]");
  expect(describeRoute("/api/v1/tickets/01a20626-455e-7fe9-bdb1-69c62f3b182b/cancel")).toBe(
    "/api/v1/tickets/[id]/cancel",
  );
});
