"use client";

import { IntlProvider, useLocale, useMessages, type Messages } from "next-intl";
import { useMemo, type ReactNode } from "react";

type MoreMessagesProps = { messages: Partial<Messages>; children: ReactNode };

/** Adds messages to those that are here already. */
export function MoreMessages({ messages, children }: MoreMessagesProps) {
  const known = useMessages();
  const all = useMemo(() => ({ ...known, ...messages }), [known, messages]);
  return (
    <IntlProvider locale={useLocale()} messages={all}>
      {children}
    </IntlProvider>
  );
}
