import { expect, test } from "vitest";
import { virtualMachineInstanceSchema, virtualMachineSchema } from "./types";

const metadata = { name: "web-01", namespace: "shop", uid: "u-1", resourceVersion: "7" };

test("a control character in what a guest or a cluster says never reaches a row", () => {
  const instance = virtualMachineInstanceSchema.parse({
    metadata,
    status: {
      phase: "Running\0",
      nodeName: "node\u0000a",
      interfaces: [{ ipAddress: "10.0.0.1\0" }, { ipAddress: "10.0.0.2" }],
      guestOSInfo: { prettyName: "Debian\u001b[2J", name: "Debian" },
    },
  });
  const machine = virtualMachineSchema.parse({
    metadata,
    spec: {},
    status: { printableStatus: "Running\0" },
  });

  expect(instance.status).toMatchObject({ guestOSInfo: { name: "Debian" } });
  expect(machine.status?.printableStatus).toBeUndefined();
  expect(JSON.stringify([instance, machine])).not.toMatch(/\\u00[01]/);
});

test("an object whose identity carries one is no object", () => {
  expect(virtualMachineSchema.safeParse({ metadata: { ...metadata, uid: "u\0" }, spec: {} }).success).toBe(
    false,
  );
});
