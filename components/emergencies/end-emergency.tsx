"use client";

import dynamic from "next/dynamic";

/** Most pages are read outside of emergencies, so its scripts come only with the banner around it. */
export const EndEmergency = dynamic(() => import("./end-form").then((module) => module.EndForm));
