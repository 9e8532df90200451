import { cookies, headers } from "next/headers";
import type { AbstractIntlMessages } from "next-intl";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, type Locale } from "@/components/messages/locales";
import { messageRooms, type MessageRoom } from "@/components/messages/rooms";

export default getRequestConfig(async ({ locale: requested }) => {
  const locale = requested ? chooseLocale(requested, null) : await currentLocale();
  return { locale, messages: await loadMessages(locale), now: new Date(), timeZone: "UTC" };
});

async function currentLocale() {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  return chooseLocale(jar.get("locale")?.value, incoming.get("accept-language"));
}

async function loadMessages(locale: Locale): Promise<AbstractIntlMessages> {
  const rooms = await Promise.all(
    messageRooms.map(async (room) => [room, await loadRoom(locale, room)] as const),
  );
  return Object.fromEntries(rooms);
}

async function loadRoom(locale: Locale, room: MessageRoom): Promise<AbstractIntlMessages> {
  const file: { default: AbstractIntlMessages } = await import(
    `@/components/messages/${locale}/${room}.json`
  );
  return file.default;
}
