/** A product of the demonstration market that gets photographs before the journeys start, and the variant of the second one. */
export const photographed = { slug: "kaos-polos-pria-katun-combed-30s-tanah-jawa-f961", sku: "FASHION-PRIA-0-08" };
