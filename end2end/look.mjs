import { chromium } from '@playwright/test';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const base='http://127.0.0.1:18111';
async function go(user, pw, pages) {
 for (const [w,h,scheme] of [[390,844,'light'],[1280,900,'dark']]) {
  const c = await b.newContext({ viewport:{width:w,height:h}, colorScheme: scheme, locale:'id-ID' });
  const p = await c.newPage();
  p.on('console', m => { if (['error','warning'].includes(m.type())) console.log('console', m.text()); });
  await p.goto(base+'/sign-in'); 
  await p.fill('input[name=contact]', user); await p.fill('input[type=password]', pw);
  await p.click('main form button[type=submit]'); await p.waitForLoadState('networkidle');
  let list = typeof pages==='function' ? await pages(p) : pages;
  for (const path of list) { const t=Date.now(); const r=await p.goto(base+path, {waitUntil:'networkidle'}); console.log(path, r.status(), Date.now()-t);
    await p.screenshot({ path: '/tmp/look2/'+path.replaceAll('/','_').replace(/[?&=]/g,'-')+'.'+w+'.png', fullPage:true }); }
  await c.close();
 }
}
await go('seller@pasar.example','a891-4cct-vbh3', async p => { await p.goto(base+'/seller'); const m=p.url().match(/seller\/([^\/?]+)/); const s=m?m[1]:(await p.locator('a[href^="/seller/"]').first().getAttribute('href')).split('/')[2]; return ['', '/analytics','/health','/products','/products/import','/orders'].map(x=>'/seller/'+s+x); });
await go('operator@pasar.example','7q8m-5nde-frv3', ['/backoffice','/backoffice/goods']);
await b.close();
