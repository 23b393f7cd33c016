import { expect, test } from "./base";

// What operators see is not there for anybody else: neither a page nor a hint that there could be one.
test("the back office is not there for visitors", async ({ request }) => {
  const id = "01890000-0000-7000-8000-000000000000";
  for (const path of [
    "/backoffice",
    "/backoffice/messages",
    "/backoffice/messages/templates",
    "/backoffice/messages/templates/welcome/en",
    `/backoffice/messages/${id}`,
    `/backoffice/messages/${id}/html`,
    "/backoffice/audit",
    "/backoffice/audit.csv",
  ]) {
    const answer = await request.get(path, { headers: { accept: "text/html" } });
    expect(answer.status(), path).toBe(404);
  }
  for (const name of ["messages/rpc/list", "messages/rpc/one", "messages/rpc/templates", "messages/rpc/resend", "messages/rpc/give_up", "audit/rpc/list"]) {
    const body = name.endsWith("resend") || name.endsWith("give_up") ? { form: { id } } : { data: { filter: {}, id } };
    const answer = await request.post(`/_fn/backoffice/${name}`, { ...body, headers: { "sec-fetch-site": "same-origin" } });
    expect(answer.status(), name).toBe(404);
  }
});

test("a link to unsubscribe that we have not signed leads nowhere", async ({ request }) => {
  for (const method of ["GET", "POST"]) {
    const answer = await request.fetch("/unsubscribe/AAAA", { method });
    expect(answer.status(), method).toBe(404);
  }
});
