"use client";

import dynamic from "next/dynamic";

/** Hardly anybody looks at the portal as another person, so its scripts come only with the banner itself. */
export const Viewing = dynamic(() => import("./view-as-banner").then((module) => module.ViewAsBanner));
