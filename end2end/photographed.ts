/** A product of the demonstration market that gets photographs before the journeys start, and the variant of the second one. */
export const photographed = { slug: "SLUG", sku: "SKU" };
