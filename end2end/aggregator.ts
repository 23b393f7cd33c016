import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Where its courier goes: into a part of Kebayoran Baru that no other journey sends anything to. */
export const served = "12150";
/** What that takes, and what is on top for insurance. */
export const fee = 7_700;
const insurance = 500;

/** An aggregator of couriers that speaks Biteship's protocol. JNE goes to one place, and nobody anywhere else. */
export async function aggregator(): Promise<{ url: string; stop: () => void }> {
  const rate = {
    available_for_cash_on_delivery: false,
    available_for_insurance: true,
    company: "jne",
    courier_name: "JNE",
    courier_code: "jne",
    courier_service_name: "Reguler",
    courier_service_code: "reg",
    currency: "IDR",
    shipment_duration_range: "1 - 2",
    shipment_duration_unit: "days",
    service_type: "standard",
    shipping_type: "parcel",
    insurance_fee: insurance,
    price: fee + insurance,
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const known = request.method === "POST" && request.url === "/v1/rates/couriers";
      const asked = known ? (JSON.parse(Buffer.concat(chunks).toString()) as { destination_postal_code?: number }) : {};
      const pricing = asked.destination_postal_code === Number(served) ? [rate] : [];
      const answer = known ? { success: true, object: "courier_pricing", pricing } : { success: false, error: "Not found", code: 40_400_000 };
      response.writeHead(known ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
