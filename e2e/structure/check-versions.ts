interface Ban {
  name: string;
  versions?: string[];
  below?: string;
  reason: string;
}

const bans: Ban[] = [
  { name: "next", below: "16.4.5", reason: "older ones miss this year's security releases" },
  {
    name: "next",
    versions: ["16.4.6"],
    reason: "the registry lacks some platform builds, so npm ci refuses",
  },
  { name: "tailwindcss", versions: ["4.3.4", "4.3.5"], reason: "the registry lacks some platform builds" },
  { name: "ws", below: "8.21.0", reason: "open to the fragment attack" },
  { name: "next-auth", below: "4.24.15", reason: "later fixes of the sign-in flow are needed" },
];

/** Against the lock file's entries, which are what npm ci installs. */
export function checkVersions(packages: Record<string, { version?: string }>): string[] {
  return Object.entries(packages).flatMap(([place, { version }]) => {
    const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    if (!version) return [];
    return bans
      .filter((ban) => ban.name === name && isBanned(version, ban))
      .map((ban) => `${place}@${version}: ${ban.reason}`);
  });
}

function isBanned(version: string, ban: Ban): boolean {
  return (
    (ban.versions?.includes(version) ?? false) || (ban.below !== undefined && isBelow(version, ban.below))
  );
}

function isBelow(version: string, limit: string): boolean {
  const [parts, limits] = [version, limit].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (parts?.[i] ?? 0) - (limits?.[i] ?? 0);
    if (difference) return difference < 0;
  }
  return false;
}
