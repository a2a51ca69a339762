import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { Needs } from '#platform/needs.js';
import { RuleCatalogue } from './rule-catalogue.service.js';
import {
  rule,
  ruleCheck,
  ruleId,
  rulePage,
  ruleText,
  type Rule,
  type RuleCheck,
  type RulePage,
  type RuleText,
} from './rule.schema.js';

@Controller('api/v1/rules')
export class RuleController {
  constructor(private readonly rules: RuleCatalogue) {}

  @Get()
  @Needs('rules.read', 'none')
  @ApiResponse({ status: 200, standardSchema: rulePage })
  list(): RulePage {
    return { items: this.rules.list(), next: null };
  }

  @Get(':id')
  @Needs('rules.read', 'none')
  @ApiResponse({ status: 200, standardSchema: rule })
  get(@Param('id', { schema: ruleId }) id: string): Rule {
    return this.rules.get(id);
  }

  @Post('check')
  @HttpCode(200)
  @Needs('rules.read', 'none')
  @ApiResponse({ status: 200, standardSchema: ruleCheck })
  check(@Body({ schema: ruleText }) { text }: RuleText): RuleCheck {
    return this.rules.check(text);
  }
}
