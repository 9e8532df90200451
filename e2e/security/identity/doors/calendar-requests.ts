import type { Furniture } from "./furnish-system";
import { fresh, type Requests } from "./request-table";

const aWindow = {
  ...{ name: "Nightly", weekdays: [1], starts_at: "22:00", duration_minutes: 60, time_zone: "UTC" },
};
const aFreeze = {
  ...{ reason: "Year end", starts_at: "2030-12-20T00:00:00Z", ends_at: "2031-01-04T00:00:00Z" },
};
const aRoom = (f: Furniture) => ({ system_id: f.systemId, environment: "test" });
const noLimits = { vms: null, cpu_cores: null, memory_gi: null, disk_gb: null, gpus: null };

/** What is right to ask of the doors of quotas and of the calendar. */
export const calendarRequests: Requests = {
  "PUT /api/v1/admin/quotas": (f) => ({ body: { ...aRoom(f), ...noLimits } }),
  "DELETE /api/v1/admin/quotas": (f) => ({ query: aRoom(f) }),
  "POST /api/v1/admin/change-windows": () => ({ body: { ...aWindow, environment: "test", name: fresh() } }),
  "PUT /api/v1/admin/change-windows/{id}": () => ({ body: aWindow }),
  "POST /api/v1/admin/change-freezes": () => ({ body: { ...aFreeze, environment: "test" } }),
  "PUT /api/v1/admin/change-freezes/{id}": () => ({ body: aFreeze }),
  "GET /api/v1/calendar": () => ({ query: { from: "2030-01-01T00:00:00Z", to: "2030-02-01T00:00:00Z" } }),
  "POST /api/v1/systems/{id}/quota-increases": () => ({
    body: { environment: "test", vms: 9_500, reason: "More" },
  }),
  "POST /api/v1/auth/change-password": () => ({
    body: { current_password: "wrong", new_password: "a lantern over quiet snow" },
  }),
};
