import fc from "fast-check";
import { expect, test } from "vitest";
import { boxWidth, heightOf, placeServices, type DrawnService } from "./topology-layout";

const aService = (id: string, vmCount: number, more: string | null = null): DrawnService => ({
  ...{ id, name: id, more },
  vms: Array.from({ length: vmCount }, (_, index) => ({
    ...{ id: `${id}-${index}`, name: `vm-${index}`, status: "Running" },
    ...({ icon: "running", tone: "success" } as const),
  })),
});

test("a box is as tall as what it holds, and never empty of height", () => {
  expect(heightOf(aService("a", 0))).toBe(heightOf(aService("a", 3)));
  expect(heightOf(aService("a", 4))).toBeGreaterThan(heightOf(aService("a", 3)));
  expect(heightOf(aService("a", 3, "+5 more"))).toBeGreaterThan(heightOf(aService("a", 3)));
});

test("whatever a System holds, each service has one place and no two boxes lie on each other", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), (counts) => {
      const services = counts.map((count, index) =>
        aService(`s${index}`, count, count === 50 ? "+1 more" : null),
      );
      const { services: places } = placeServices(services);
      expect(places.map(({ id }) => id)).toEqual(services.map(({ id }) => id));
      const boxes = places.map((place, index) => ({
        ...place,
        bottom: place.y + heightOf(services[index] ?? aService("none", 0)),
        right: place.x + boxWidth,
      }));
      for (const [index, one] of boxes.entries())
        for (const other of boxes.slice(index + 1)) {
          const apart =
            one.bottom <= other.y || other.bottom <= one.y || one.right <= other.x || other.right <= one.x;
          expect(apart).toBe(true);
        }
    }),
  );
});
