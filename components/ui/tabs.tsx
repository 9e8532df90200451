"use client";

import * as TabParts from "radix-ui/tabs";
import type { ReactNode } from "react";
import { tab, tabRow } from "./tab-styles";

type TabsProps = {
  label: string;
  tabs: readonly { value: string; label: ReactNode; content: ReactNode }[];
  initial?: string | undefined;
};

/** For parts of one page; parts with an address of their own are TabLinks. */
export function Tabs({ label, tabs, initial }: TabsProps) {
  return (
    <TabParts.Root defaultValue={initial ?? tabs[0]?.value ?? ""} className="grid min-w-0 gap-4">
      <div className="border-b">
        <TabParts.List aria-label={label} className={tabRow}>
          {tabs.map((entry) => (
            <TabParts.Trigger key={entry.value} value={entry.value} className={tab}>
              {entry.label}
            </TabParts.Trigger>
          ))}
        </TabParts.List>
      </div>
      {tabs.map((entry) => (
        <TabParts.Content key={entry.value} value={entry.value} className="min-w-0">
          {entry.content}
        </TabParts.Content>
      ))}
    </TabParts.Root>
  );
}
