import { fresh, type Requests } from "./request-table";

const aChannel = { name: "ops", locale: "en" };
const aDigest = { digest: "off", digest_hour: 8, digest_weekday: 1, time_zone: "UTC", locale: "en" };
const someWords = { subject: "{vm} ends", body: "{link}" };
const aMailServer = {
  ...{ host: "127.0.0.1", port: 2525, security: "none", from_address: "shepherd@example.org" },
  ...{ from_name: "Shepherd", version: 0 },
};

/** What is right to ask of the doors of mail, channels and their words. */
export const noticeRequests: Requests = {
  "PUT /api/v1/me/notice-preferences": () => ({ body: aDigest }),
  "PUT /api/v1/admin/mail-settings": () => ({ body: aMailServer }),
  "POST /api/v1/admin/notification-channels": () => ({
    body: { ...aChannel, name: fresh(), medium: "webhook", address: "https://hooks.example/in" },
  }),
  "PUT /api/v1/admin/notification-channels/{id}": () => ({
    body: { ...aChannel, name: fresh(), version: 1 },
  }),
  "PUT /api/v1/admin/notification-templates/{name}/{locale}": () => ({ body: { ...someWords, version: 0 } }),
  "POST /api/v1/admin/notification-templates/{name}/{locale}/preview": () => ({ body: someWords }),
};
