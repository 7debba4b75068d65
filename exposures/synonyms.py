"""What banks call the fields and their codes, in English, simplified and traditional Chinese: exact, never guessed."""

from collections.abc import Mapping
from functools import cache

from exposures.spelling import letters

#: Field -> headers. Compared by `letters`, so that width, capitals, spaces and underscores do not count.
HEADERS: Mapping[str, str] = {
    "line_id": "line id|loan number|loan no|loan no.|loan id|facility id|facility no|contract no|contract number"
    "|contract identifier|instrument identifier|deal id|deal no|reference|reference no|ref no|account no|trade id"
    "|借据号|借据编号|借据号码|贷款编号|贷款合同编号|放款编号|合同号|合同号码|合同编号|借據號|借據編號|合同編號|放款編號|业务编号|交易编号|台账编号|编号|序列号|貸款編號|合約編號|業務編號",
    "side": "side|asset or liability|asset/liability|assets/liabilities|资产负债方向|资产负债|资产/负债|方向"
    "|資產負債",
    "counterparty_id": "counterparty id|counterparty identifier|obligor id|obligor no|customer id|customer no"
    "|client id"
    "|customer number|borrower id|客户号|客户编号|客户代码|交易对手编号|客戶號|客戶編號|客戶代碼",
    "counterparty_name": "counterparty|counterparty name|name of counterparty|obligor|obligor name|borrower"
    "|borrower name|customer|customer name|client|client name|issuer|客户名称|客户|借款人|借款人名称|交易对手"
    "|交易对手名称"
    "|债务人|债务人名称|客戶名稱|客戶|借款人名稱|交易對手|交易對手名稱|債務人|债券发行人|发行人",
    "group_id": "group|group id|connected group|group name|counterparty group identifier|name of counterparty group"
    "|集团客户|集团|集团名称|所属集团|关联集团|集团客户名称|集團客戶|集團|所屬集團",
    "parent_id": "parent id|parent|immediate parent|immediate parent id|parent undertaking identifier|parent company id"
    "|母公司编号|母公司客户号|直接母公司|母公司編號|直接母公司编号",
    "sector": "sector|counterparty type|counterparty sector|economic sector|institutional sector|部门|客户类型"
    "|交易对手类型"
    "|机构类型|行业部门|客戶類型|部門",
    "lei": "lei|legal entity identifier|lei code|法人识别编码|法人机构识别编码|lei编码",
    "country": "country|country code|country of counterparty|country of residence|country or region|residence"
    "|residency"
    "|immediate country|obligor country|country of obligor|counterparty country|国别|国家|国家或地区|国家/地区"
    "|国家地区"
    "|国别代码|国家代码|国家名称|国家(地区)|国别(地区)|所属国家|客户所在国|注册国|注册国家|所在国|所在国家|所在国家或地区|直接风险国别|直接对手方国别|國別|國家|國家或地區"
    "|國家/地區|所在國|國別代碼|國家代碼|國家名稱|客戶所在國",
    "head_office_country": "head office country|country of head office|parent country|总部所在国|总行所在国|总部国别"
    "|總部所在國|總行所在國",
    "dependent_branch": "dependent branch|branch of foreign bank|is branch|legally dependent branch|是否分行"
    "|分行标志|是否分支机构",
    "risk_country": "risk country|country of risk|ultimate country|ultimate risk country|ctry of risk"
    "|country of ultimate risk"
    "|最终风险国别|最终风险国|最终风险国家|风险国别|最終風險國別|風險國別",
    "risk_country_reason": "risk country reason|reason for risk country|override reason|风险国别调整原因"
    "|调整原因|調整原因",
    "booking_entity": "booking entity|booking unit|booking branch|entity|branch|booking location|office|经办机构"
    "|入账机构"
    "|记账机构|业务机构|分行|机构|机构名称|境外机构|經辦機構|入賬機構|分行名称|機構",
    "booking_entity_kind": "booking entity kind|entity kind|entity type|机构性质|机构类别|機構性質",
    "instrument": "instrument|instrument type|type of instrument|product category|业务品种|业务种类|业务类型"
    "|工具类型|業務品種|業務種類",
    "product": "product|product name|product type|loan type|产品|产品名称|产品类型|贷款品种|產品|產品名稱|貸款品種",
    "currency": "currency|ccy|curr|currency code|loan currency|currency denomination of instruments|币种|货币"
    "|原币币种|币别"
    "|幣種|貨幣|幣別",
    "outstanding": "outstanding|outstanding amount|outstanding principal|outstanding balance"
    "|outstanding nominal amount"
    "|drawn|drawn amount|drawn balance|principal|principal balance|principal outstanding|loan balance|balance|on book"
    "|余额|贷款余额|本金余额|本金|未偿余额|未偿本金|提款余额|已提款余额|表内余额|敞口余额|债权余额|原币余额"
    "|期末余额|餘額|貸款餘額|本金餘額"
    "|未償餘額|表內餘額|期末餘額",
    "accrued_interest": "accrued interest|interest accrued|accrued interest balance (on book)"
    "|accrued interest balance"
    "|interest receivable|应计利息|应收利息|應計利息|應收利息",
    "undrawn": "undrawn|undrawn amount|undrawn commitment|undisbursed|undisbursed amount|unused|unused commitment"
    "|available commitment|undrawn balance|未提款|未提款额|未提款余额|未提款金额|未用额度|未使用额度|未放款余额"
    "|未提取金额|未提款額"
    "|未提款餘額|未用額度|未使用額度",
    "contingent": "contingent|contingent liabilities|off-balance-sheet amount|off balance sheet|guarantees and lcs"
    "|guarantees issued|表外余额|表外金额|或有负债|或有|保函余额|信用证余额|表外餘額|或有負債",
    "market_exposure": "market exposure|derivative exposure|mark to market|mtm|replacement cost|衍生品敞口"
    "|市场敞口|衍生敞口|盯市价值"
    "|衍生品敞口",
    "pending": "pending|pending amount|approved unsigned|in approval amount|approved not signed|已批未签"
    "|已批未签金额|审批中金额"
    "|在途金额|待签约金额|已批未簽|審批中金額",
    "impairment": "impairment|impairment amount|accumulated impairment|accumulated impairment amount|loss allowance"
    "|allowance|减值准备|减值准备余额|减值|拨备|拨备余额|減值準備|損失準備|损失准备",
    "income": "income|interest income|income of 12 months|income last 12 months|annual income|利息收入|年利息收入"
    "|近12个月收入|收益|近12個月收入",
    "undrawn_kind": "undrawn kind|commitment type|cancellability|承诺类型|可撤销性|承諾類型",
    "stage": "stage|status|loan status|deal status|deal stage|facility status|阶段|业务阶段|状态|贷款状态"
    "|项目阶段|階段|狀態|貸款狀態",
    "revolving": "revolving|is revolving|revolving facility|循环|是否循环|循环额度|是否循環",
    "replaces_line_id": "replaces line|replaces line id|replaces|replaced line|replaced line id|replaces facility"
    "|replaces loan|replaces loan number|replaces contract|renewal of|renews|refinances|rollover of|roll-over of"
    "|previous facility|previous line id|old line id|old facility id|原借据号|原借据编号|原合同号|原合同编号|原贷款编号"
    "|原业务编号|原额度编号|被替换业务编号|续作原业务|续作原业务编号|续贷原借据号|续期原合同号|展期原合同号"
    "|借新还旧原借据号|原借據號|原借據編號|原合同編號|原合約編號|原貸款編號|原業務編號|原額度編號|被替換業務編號"
    "|續作原業務編號|續貸原借據號|續期原合約號",
    "signing_date": "signing date|signed date|agreement signing date|agreement date|contract date|inception date"
    "|start date"
    "|date of origination|签约日|签约日期|合同日期|起始日|起始日期|起息日|簽約日期|合約日期|起始日",
    "available_from": "start of facility|facility start|facility start date|availability start"
    "|availability start date|starts on|effective from|新额度起始日|额度起始日|额度生效日|可用起始日|新业务起始日"
    "|额度启用日|新額度起始日|額度起始日|額度生效日|可用起始日期|額度啟用日",
    "maturity": "maturity|maturity date|final maturity|legal final maturity date|current maturity date|due date"
    "|expiry date"
    "|expiry|end date|到期日|到期日期|到期日(年/月/日)|终止日|合同到期日|最终到期日|到期",
    "instalment_amount": "instalment amount|installment amount|instalment|installment|repayment amount"
    "|scheduled repayment|每期还款额|每期还本额|分期金额|每期還款額|每期还本金额",
    "instalment_months": "instalment months|months between instalments|repayment interval|payment frequency months"
    "|还款间隔月数|还款周期月数|还款周期(月)|還款間隔月數",
    "next_instalment": "next instalment|next installment|next instalment date|next installment date|next repayment date"
    "|next payment date|下次还款日|下期还款日|下一还款日|下次還款日",
    "repricing_date": "repricing date|next repricing date|next interest rate reset|next reset date|interest reset date"
    "|重定价日|下次重定价日|利率重定价日|重定價日",
    "netting_set": "netting set|netting set id|netting agreement|isda|master agreement|净额结算组|净额结算协议"
    "|净额结算编号|淨額結算組",
    "netting_enforceable": "netting enforceable|legally enforceable netting|enforceable netting|净额结算是否可执行"
    "|净额结算可执行|淨額結算可執行",
    "notional": "notional|notional amount|nominal amount of derivative|名义本金|名义金额|名義本金|名義金額",
    "forward_bought": "forward bought|bought forward|fx forward bought|forward purchase|远期买入|远期买入金额|遠期買入",
    "forward_sold": "forward sold|sold forward|fx forward sold|forward sale|远期卖出|远期卖出金额|遠期賣出",
    "settlement_amount": "settlement amount|amount payable at settlement|outgoing settlement|交割金额|结算金额|清算金额"
    "|交割金額",
    "settlement_date": "settlement date|value date|交割日|结算日|清算日|交割日期|結算日",
    "settlement_currency": "settlement currency|currency of settlement|结算币种|交割币种|清算币种|結算幣種",
    "payment_versus_payment": "payment versus payment|payment-versus-payment|pvp|同步交收|款对款|是否同步交收|款對款",
    "guarantor_id": "guarantor id|guarantor no|担保人编号|保证人编号|擔保人編號",
    "guarantor_name": "guarantor|guarantor name|担保人|担保人名称|保证人|保证人名称|擔保人|擔保人名稱|保證人",
    "guarantor_country": "guarantor country|guarantor country code|country of guarantor|担保人国别|担保人所在国"
    "|保证人国别"
    "|担保人国家|擔保人國別|擔保人所在國",
    "guarantee_percent": "guarantee percent|guarantee percentage|guarantee %|guaranteed %|cover %"
    "|covered percentage|担保比例"
    "|保证比例|擔保比例|担保比例(%)",
    "guarantee_cap": "guarantee cap|guarantee amount|guaranteed amount|maximum guaranteed|担保金额|担保上限"
    "|担保额|擔保金額",
    "guarantee_explicit": "guarantee explicit|explicit guarantee|担保是否明确|明确担保",
    "guarantee_irrevocable": "guarantee irrevocable|irrevocable|是否不可撤销|不可撤销|不可撤銷",
    "guarantee_unconditional": "guarantee unconditional|unconditional|是否无条件|无条件|無條件",
    "guarantee_in_force": "guarantee in force|in force|担保是否有效|担保有效|擔保有效",
    "guarantee_covers_undrawn": "guarantee covers undrawn|covers undrawn|是否覆盖未提款|覆盖未提款",
    "guarantee_end": "guarantee end|guarantee expiry|guarantee end date|guarantee maturity|担保到期日|保证到期日"
    "|擔保到期日",
    "collateral_kind": "collateral kind|collateral type|collateral|押品类型|抵质押品类型|抵押品|押品|押品種類",
    "collateral_value": "collateral value|value of collateral|押品价值|抵押品价值|抵质押品价值|押品價值",
    "collateral_country": "collateral country|country of collateral|押品所在国|押品国别|押品所在國",
    "rating": "rating|credit rating|internal rating|external rating|评级|内部评级|信用评级|客户评级|外部评级"
    "|評級|內部評級|信用評級",
    "pd": "pd|probability of default|default probability|违约概率|違約概率",
    "lgd": "lgd|loss given default|违约损失率|違約損失率",
    "loan_class": "loan class|five-category class|five-class|classification|loan classification|asset class quality"
    "|regulatory classification|五级分类|五级分类结果|风险分类|贷款分类|五級分類|風險分類|貸款分類",
    "days_past_due": "days past due|days overdue|dpd|overdue days|past due days|逾期天数|逾期天數|逾期日数"
    "|本金逾期天数",
    "ifrs_stage": "ifrs stage|ifrs 9 stage|ifrs9 stage|ecl stage|impairment stage|减值阶段|ifrs9阶段"
    "|預期信用損失階段|减值三阶段",
    "dscr": "dscr|debt service coverage|debt service coverage ratio|偿债备付率|偿债覆盖率|償債備付率",
    "hard_currency_share": "hard currency share|share of hard currency|hard-currency revenue share"
    "|hard-currency share of revenue|share of revenue in hard currency|硬通货占比|外币收入占比|硬通货收入占比"
    "|外币收入比例|外幣收入佔比",
    "local_revenue": "local revenue|revenue in local currency|local-currency revenue|收入是否本币|本币收入|本幣收入",
    "next_review": "next review|next review date|review date|下次检查日|下次评审日|下次复评日|下次檢查日|复评日期",
    "relationship_owner": "relationship owner|relationship manager|rm|account manager|owner|account officer"
    "|客户经理|主办客户经理"
    "|经办人|負責人|客戶經理|负责人",
    "remark": "remark|remarks|comment|comments|note|notes|备注|说明|備註|說明",
}  # fmt: skip

#: Field -> code -> words.
CODES: Mapping[str, Mapping[str, str]] = {
    "side": {"asset": "asset|assets|a|资产|資產|债权|資产", "liability": "liability|liabilities|l|负债|負債|债务"},
    "sector": {
        "sovereign": "sovereign|government|central government|主权|政府|中央政府|主權",
        "central_bank": "central bank|monetary authority|央行|中央银行|中央銀行",
        "bank": "bank|banks|credit institution|deposit-taking corporation|银行|銀行|银行同业|同业",
        "financial": "financial|non-bank financial|nbfi|other financial corporation|非银行金融机构|金融机构"
        "|非银金融|金融機構",
        "corporate": "corporate|corporates|company|non-financial corporation|企业|公司|企業|非金融企业",
        "public": "public|public sector|pse|public sector entity|local government|soe|公共部门|公共部門|地方政府"
        "|国有企业",
        "household": "household|households|retail|individual|个人|住户|個人|零售",
        "international": "international|international organisation|international organization|supranational|mdb"
        "|国际组织|國際組織",
        "other": "other|others|其他|其它",
    },
    "booking_entity_kind": {
        "head_office": "head office|headquarters|parent|总行|总部|總行|总行本部",
        "branch": "branch|overseas branch|分行|境外分行|海外分行",
        "subsidiary": "subsidiary|subsidiary bank|子行|子公司|附属机构|附屬機構",
    },
    "instrument": {
        "loan": "loan|loans|term loan|syndicated loan|bilateral loan|贷款|銀團貸款|银团贷款|貸款|流动资金贷款"
        "|项目贷款|双边贷款|固定资产贷款|中长期贷款|短期贷款|并购贷款|循环贷款|流贷",
        "trade_finance": "trade finance|trade|forfaiting|factoring|贸易融资|貿易融資|福费廷|福費廷|保理|国际保理"
        "|押汇|出口押汇|进口押汇"
        "|打包贷款|海外代付|信用证议付",
        "bond": "bond|bonds|debt security|debt securities|securities|债券|债券投资|債券"
        "|国债|公司债|企业债|金融债|主权债",
        "placement": "placement|placements|interbank|interbank placement|money market|nostro|拆放|存放同业"
        "|拆放同业|同业拆放|拆出",
        "repo": "repo|reverse repo|repurchase agreement|回购|逆回购|回購|买入返售",
        "derivative": "derivative|derivatives|swap|fx forward|衍生品|衍生产品|衍生工具|掉期",
        "guarantee": "guarantee|guarantees|letter of guarantee|standby lc|standby letter of credit"
        "|letter of credit|lc|保函|担保"
        "|信用证|擔保|備用信用證|备用信用证",
        "commitment": "commitment|commitments|loan commitment|承诺|贷款承诺|承諾",
        "deposit": "deposit|deposits|存款|客户存款",
        "borrowing": "borrowing|borrowings|interbank borrowing|拆入|同业拆入|借款|同业借款",
        "project": "project|project finance|项目|项目融资|項目|項目融資",
        "other": "other|others|其他|其它",
    },
    "undrawn_kind": {
        "cancellable": "cancellable|unconditionally cancellable|uncommitted|可撤销|可无条件撤销|可撤銷",
        "draw_stop": "draw stop|draw-stop|draw_stop|可停止提款|停止提款",
        "committed": "committed|irrevocable|不可撤销|已承诺|不可撤銷",
    },
    "stage": {
        "in_approval": "in approval|under approval|pending approval|审批中|审查中|審批中",
        "approved": "approved|approved unsigned|已批未签|已批准|已批|已批复|已批未簽",
        "signed": "signed|signed not effective|已签约|已签|已签未生效|已簽約",
        "effective": "effective|active|已生效|生效|正常履约",
        "disbursing": "disbursing|drawing|disbursing&repaying|partially disbursed|提款中|提款期|放款中|部分提款",
        "repaying": "repaying|fully disbursed|fully drawn|amortising|还款中|还款期|還款中",
        "repaid": "repaid|fully repaid|settled|closed|已结清|结清|已还清|已結清",
        "cancelled": "cancelled|canceled|fully cancelled|terminated|已取消|已终止|已撤销|取消",
        "transferred": "transferred|fully transferred|sold|已转让|转让|已轉讓",
        "planned": "planned|pipeline|prospect|储备|计划|意向|拟开展|計劃",
    },
    "collateral_kind": {
        "cash": "cash|cash deposit|deposit|现金|保证金|存单|現金|保證金|保证金质押|存单质押",
        "securities": "securities|bonds|shares|government bonds|证券|有价证券|股票|债券|證券"
        "|股票质押|债券质押|股权质押",
        "property": "property|real estate|land|房产|不动产|土地|房地产|不動產"
        "|房产抵押|房地产抵押|不动产抵押|土地抵押|土地使用权",
        "other": "other|others|其他|其它|应收账款|设备|船舶",
    },
    "loan_class": {
        "pass": "pass|normal|standard|正常|正常类|正常類",
        "special_mention": "special mention|special-mention|watch|sm|关注|关注类|關注|關注類",
        "substandard": "substandard|sub-standard|次级|次级类|次級|次級類",
        "doubtful": "doubtful|可疑|可疑类|可疑類",
        "loss": "loss|损失|损失类|損失|損失類",
    },
}  # fmt: skip


@cache
def header_fields() -> Mapping[str, str]:
    """Letters of a header -> field; the field's own name is one too. Raises ValueError if two fields share one."""
    found: dict[str, str] = {}
    for field, names in HEADERS.items():
        for name in (*names.split("|"), field):
            if found.setdefault(letters(name), field) != field:
                raise ValueError(f"{name!r} stands for {found[letters(name)]} and {field}")
    return found


@cache
def code_words(field: str) -> Mapping[str, str]:
    """Letters of a word -> code of that field; the codes themselves are words too."""
    return {letters(word): code for code, words in CODES.get(field, {}).items() for word in (*words.split("|"), code)}
