"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Badge } from "./badge";
import { tab, tabRow } from "./tab-styles";

export type TabLink = { href: string; label: string; badge?: number | string | undefined };

export function TabLinks({ label, links }: { label: string; links: readonly TabLink[] }) {
  const path = usePathname();
  const current = longestMatch(path, links);
  return (
    <nav aria-label={label} className="border-b">
      <div className={tabRow}>
        {links.map((link) => (
          <Link
            key={link.href}
            href={link.href}
            aria-current={link.href === current ? "page" : undefined}
            className={tab}
          >
            {link.label}
            {link.badge !== undefined && <Badge>{link.badge}</Badge>}
          </Link>
        ))}
      </div>
    </nav>
  );
}

function longestMatch(path: string, links: readonly TabLink[]) {
  const matches = links
    .map((link) => link.href)
    .filter((href) => path === href || path.startsWith(`${href}/`));
  return matches.sort((one, other) => other.length - one.length)[0];
}
