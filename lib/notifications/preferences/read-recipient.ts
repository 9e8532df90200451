import { z } from "zod";
import { db } from "@/lib/core/db";
import { deliveryLocales, type DeliveryLocale } from "../rules";

export interface Recipient {
  name: string;
  address: string;
  locale: DeliveryLocale;
}

const address = z.email().max(254);

/** Where a person's mail goes and in which language; null for whoever has no usable address or may not sign in. */
export async function readRecipient(userId: string): Promise<Recipient | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: {
      displayName: true,
      email: true,
      enabled: true,
      preferences: { where: { key: "locale" }, select: { value: true } },
    },
  });
  const found = address.safeParse(user?.email);
  if (user === null || !user.enabled || !found.success) return null;
  const chosen = user.preferences[0]?.value;
  const locale = deliveryLocales.find((one) => one === chosen) ?? "en";
  return { name: user.displayName, address: found.data, locale };
}
