"use client";

import { useTransition } from "react";
import { signOutAction } from "@/app/actions/identity";
import { Button } from "@/components/ui/button";

export function SignOutButton({ label }: { label: string }) {
  const [pending, start] = useTransition();
  const leave = () =>
    start(async () => {
      await signOutAction({});
    });
  return (
    <Button variant="ghost" size="sm" className="justify-self-start" pending={pending} onClick={leave}>
      {label}
    </Button>
  );
}
