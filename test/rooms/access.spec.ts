import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { aPerson, aTenant, type TestPerson } from '#test/factories/people.js';
import { startApp, type RunningApp } from '#test/support/app.js';

let running: RunningApp;
let tenant: TenantScope;
let analyst: TestPerson;

beforeAll(async () => {
  running = await startApp();
  tenant = await aTenant(running);
  analyst = await aPerson(running, 'analyst', [tenant]);
});
afterAll(() => running.stop());

describe('signing in', () => {
  it('opens a session by password and ends it', async () => {
    const agent = request.agent(running.url);
    const answer = await agent.post('/api/v1/session').send({ email: analyst.email, password: analyst.password });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ email: analyst.email, role: 'analyst', tenantIds: [tenant.tenantId] });
    expect(answer.headers['set-cookie']?.[0]).toMatch(/plantwatch_session=pwn_.*HttpOnly.*SameSite=Strict/);
    expect((await agent.get('/api/v1/session')).status).toBe(200);
    expect((await agent.delete('/api/v1/session')).status).toBe(204);
    expect((await agent.get('/api/v1/session')).status).toBe(401);
  });

  it('answers alike for an unknown address and a wrong password', async () => {
    const wrong = await request(running.url)
      .post('/api/v1/session')
      .send({ email: analyst.email, password: 'not this one' });
    const unknown = await request(running.url)
      .post('/api/v1/session')
      .send({ email: 'nobody@plantwatch.test', password: 'not this one' });
    expect(wrong.status).toBe(401);
    expect({ ...unknown.body, instance: '' }).toEqual({ ...wrong.body, instance: '' });
  });

  it('locks after ten failed attempts, also when they come at once', async () => {
    const victim = await aPerson(running, 'analyst', [tenant]);
    const guess = () => request(running.url).post('/api/v1/session').send({ email: victim.email, password: 'guess' });
    await Promise.all(Array.from({ length: 12 }, guess));
    const right = await request(running.url)
      .post('/api/v1/session')
      .send({ email: victim.email, password: victim.password });
    expect(right.status).toBe(429);
    running.clock.forward(16 * 60_000);
    const later = await request(running.url)
      .post('/api/v1/session')
      .send({ email: victim.email, password: victim.password });
    expect(later.status).toBe(201);
  });

  it('refuses changes that another site sends with the cookie', async () => {
    const agent = request.agent(running.url);
    await agent.post('/api/v1/session').send({ email: analyst.email, password: analyst.password });
    const answer = await agent.post('/api/v1/tokens').set('Sec-Fetch-Site', 'cross-site').send({ name: 'x' });
    expect(answer.status).toBe(403);
  });
});

describe('tokens', () => {
  it('act with their owner’s rights until revoked', async () => {
    const bearer = { Authorization: `Bearer ${analyst.token}` };
    const made = await request(running.url).post('/api/v1/tokens').set(bearer).send({ name: 'script' });
    expect(made.status).toBe(201);
    const own = { Authorization: `Bearer ${made.body.token}` };
    expect((await request(running.url).get('/api/v1/session').set(own)).status).toBe(200);
    expect((await request(running.url).delete(`/api/v1/tokens/${made.body.id}`).set(bearer)).status).toBe(204);
    expect((await request(running.url).get('/api/v1/session').set(own)).status).toBe(401);
  });

  it('open nothing that the role does not include', async () => {
    const answer = await request(running.url).get('/api/v1/people').set('Authorization', `Bearer ${analyst.token}`);
    expect(answer.status).toBe(403);
    expect(answer.type).toBe('application/problem+json');
  });
});

describe('the audit trail', () => {
  it('holds sign-ins, failed ones and refusals, and can be read by those who may', async () => {
    const auditor = await aPerson(running, 'customer_owner', [tenant]);
    const bearer = { Authorization: `Bearer ${auditor.token}` };
    await request(running.url).post('/api/v1/session').send({ email: auditor.email, password: auditor.password });
    const answer = await request(running.url).get('/api/v1/audit-records?limit=5').set(bearer);
    expect(answer.status).toBe(200);
    expect(answer.body.items[0]).toMatchObject({
      action: 'session.create',
      outcome: 'success',
      actor: { id: auditor.id },
    });
  });

  it('answers a forged cursor with what is wrong', async () => {
    const auditor = await aPerson(running, 'customer_owner', [tenant]);
    const answer = await request(running.url)
      .get('/api/v1/audit-records?cursor=e30.AAAA')
      .set('Authorization', `Bearer ${auditor.token}`);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ pointer: '/cursor', detail: expect.stringContaining('not a cursor') }]);
  });
});
