"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { z } from "zod";
import type { Command, CommandSearch } from "./command";

/** The wire's own names; what the palette shows of each. */
const found = z.object({
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

/** Machines with their console, systems, services and requests, found by the server as somebody types. */
export function usePortalSearch(): CommandSearch {
  const t = useTranslations("shell.found");
  return useCallback(
    async (query) => {
      const answer = await fetch(`/api/v1/search?${new URLSearchParams({ q: query }).toString()}`);
      if (!answer.ok) return [];
      const { machines, systems, services, requests } = found.parse(await answer.json());
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
            group: t("actions"),
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
    },
    [t],
  );
}
