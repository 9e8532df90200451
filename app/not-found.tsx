"use client";

import dynamic from "next/dynamic";

// Every page brings this file along, and hardly any shows it.
const NoSuchPage = dynamic(() =>
  import("@/components/denied/no-such-page").then((module) => module.NoSuchPage),
);

export default function NotFound() {
  return <NoSuchPage />;
}
