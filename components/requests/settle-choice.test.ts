import { expect, test } from "vitest";
import { settleChoice, type Offer } from "./settle-choice";

const template = {
  name: "debian",
  version: 1,
  status: "active" as const,
  displayName: "Debian",
  description: "",
  category: "",
  sourceType: "containerdisk" as const,
  osFamily: "linux",
  osVersion: "12",
  logoUrl: null,
  loginUser: "",
  oneTimePassword: false,
  fields: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
} satisfies Partial<Offer["templates"][number]>;
const size = {
  name: "small",
  displayName: "Small",
  description: "",
  cpuCores: 2,
  memoryGi: 4,
  defaultDiskGb: 50,
  minDiskGb: 20,
  maxDiskGb: 100,
  dedicatedCpu: false,
  requiresGpu: false,
  gpuDevices: [],
  hugepagesSize: null,
  sortOrder: 0,
  deprecatedAt: null,
};
const namespace = { description: "", environment: "e", environmentName: "E" };
const offer: Offer = {
  services: [
    { id: "web", name: "web", systemName: "shop", mayRequest: true },
    { id: "db", name: "db", systemName: "shop", mayRequest: true },
    { id: "seen", name: "seen", systemName: "other", mayRequest: false },
  ],
  namespaces: [
    { ...namespace, name: "shop-prod", environmentClass: "prod" },
    { ...namespace, name: "shop-uat", environmentClass: "test" },
  ],
  templates: [
    { ...template, id: "for-test", catalogScope: "test" },
    { ...template, id: "for-all", catalogScope: "all" },
  ],
  sizes: [
    { ...size, id: "small", catalogScope: "all" },
    { ...size, id: "large", catalogScope: "prod" },
  ],
};

test("nothing chosen: a test namespace and the first of the catalogue, and no guess among services", () => {
  expect(settleChoice(offer, {})).toEqual({
    serviceId: "",
    namespace: "shop-uat",
    templateId: "for-test",
    instanceSizeId: "small",
  });
});

test("the only service that may be asked for is chosen", () => {
  const services = offer.services.filter(({ id }) => id !== "db");
  expect(settleChoice({ ...offer, services }, {}).serviceId).toBe("web");
});

test("a service one may only see is never chosen", () => {
  expect(settleChoice(offer, { serviceId: "seen" }).serviceId).toBe("");
});

test("another environment keeps what is offered there and replaces what is not", () => {
  const kept = settleChoice(offer, {
    namespace: "shop-prod",
    templateId: "for-all",
    instanceSizeId: "large",
  });
  expect(kept).toMatchObject({ templateId: "for-all", instanceSizeId: "large" });
  const moved = settleChoice(offer, { ...kept, namespace: "shop-uat" });
  expect(moved).toMatchObject({ templateId: "for-all", instanceSizeId: "small" });
});

test("an unknown name in the address is ignored", () => {
  expect(settleChoice(offer, { namespace: "nowhere", templateId: "x", instanceSizeId: "y" }).namespace).toBe(
    "shop-uat",
  );
});
