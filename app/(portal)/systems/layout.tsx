import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function SystemsLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/systems">{children}</PartMessages>;
}
