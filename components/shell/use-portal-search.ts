"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { z } from "zod";
import type { NewsKind } from "@/lib/vocabulary/news-kinds";
import type { Command } from "./command";

const typingPauseMs = 180;
const shortestQuery = 2;
/** News of these may change what is found. */
const foundKinds: readonly NewsKind[] = ["vm", "ticket", "access"];
const none: readonly Command[] = [];

/** The wire's own names; what the palette shows of each. */
const answer = z.object({
  machines: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      system_name: z.string(),
      service_name: z.string(),
    }),
  ),
  systems: z.array(z.object({ id: z.string(), name: z.string() })),
  services: z.array(z.object({ id: z.string(), name: z.string(), system_name: z.string() })),
  requests: z.array(z.object({ id: z.string(), subject: z.string(), requester_name: z.string() })),
});

type Found = z.output<typeof answer>;
type Translate = ReturnType<typeof useTranslations<"shell.found">>;

/** Machines with their console, systems, services and requests, found by the server once typing pauses. */
export function usePortalSearch(query: string) {
  const t = useTranslations("shell.found");
  const wanted = query.trim();
  const asks = wanted.length >= shortestQuery;
  const { data, isPending } = useQuery({
    queryKey: [foundKinds, "search", wanted],
    queryFn: ({ signal }) => search(wanted, signal),
    enabled: asks,
  });
  const found = useMemo(() => (data === undefined ? none : commandsOf(data, t)), [data, t]);
  return { found: asks ? found : none, searching: asks && isPending };
}

/** What is typed on makes this question an older one: it is not asked any more, or its answer not waited for. */
async function search(query: string, signal: AbortSignal): Promise<Found> {
  await pause(typingPauseMs, signal);
  const response = await fetch(`/api/v1/search?${new URLSearchParams({ q: query }).toString()}`, { signal });
  if (!response.ok) throw new Error(`The search answered ${response.status}.`);
  return answer.parse(await response.json());
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("Asked no more.", "AbortError"));
    });
  });
}

function commandsOf({ machines, systems, services, requests }: Found, t: Translate): Command[] {
  return [
    ...machines.map((vm): Command => ({
      id: `vm-${vm.id}`,
      label: vm.name,
      href: `/vms/${vm.id}`,
      group: t("machines"),
      icon: "vms",
      hint: `${vm.system_name} / ${vm.service_name}`,
    })),
    ...machines
      .filter(({ status }) => status === "RUNNING")
      .map((vm): Command => ({
        id: `console-${vm.id}`,
        label: t("console", { name: vm.name }),
        href: `/vms/${vm.id}/console`,
        group: t("consoles"),
        icon: "consoles",
      })),
    ...systems.map(({ id, name }): Command => ({
      id: `system-${id}`,
      label: name,
      href: `/systems/${id}`,
      group: t("systems"),
      icon: "systems",
    })),
    ...services.map(({ id, name, system_name: hint }): Command => ({
      id: `service-${id}`,
      label: name,
      href: `/services/${id}`,
      group: t("services"),
      icon: "systems",
      hint,
    })),
    ...requests.map(({ id, subject, requester_name: hint }): Command => ({
      id: `request-${id}`,
      label: t("request", { subject }),
      href: `/requests/${id}`,
      group: t("requests"),
      icon: "requests",
      hint,
    })),
  ];
}
