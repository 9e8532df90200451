import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { partRooms, pickRooms, type MessagePart } from "@/components/messages/client-rooms";
import { MoreMessages } from "./more-messages";

/** Brings the messages that the scripts of one part of the portal need, once, when somebody enters it. */
export async function PartMessages({ part, children }: { part: MessagePart; children: ReactNode }) {
  const messages = pickRooms(await getMessages(), partRooms[part]);
  return <MoreMessages messages={messages}>{children}</MoreMessages>;
}
