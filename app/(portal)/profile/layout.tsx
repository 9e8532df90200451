import type { ReactNode } from "react";
import { ProfileNavigation } from "@/components/accounts/profile-navigation";
import { PartMessages } from "@/components/shell/part-messages";

export default function ProfileLayout({ children }: { children: ReactNode }) {
  return (
    <PartMessages part="app/(portal)/profile">
      <div className="grid min-w-0 gap-x-8 gap-y-4 lg:grid-cols-[11rem_minmax(0,64rem)]">
        <ProfileNavigation />
        <div className="grid min-w-0 grid-cols-1 content-start gap-5">{children}</div>
      </div>
    </PartMessages>
  );
}
