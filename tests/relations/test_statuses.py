"""What happened to the things counted."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor


@pytest.fixture(scope="module")
def counts() -> Extractor:
    return Extractor(ner=False, kinds=["count"])


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("死亡7人，失踪2人，受伤16人。", ["dead", "missing", "injured"]),
        ("洪水造成9人死亡4人失踪。", ["dead", "missing"]),
        ("死3人，伤5人，溺死耕牛2头。", ["dead", "injured", "dead"]),
        ("18人死亡（其中河口镇13人，石桥乡5人），1人失踪。", ["dead", "dead", "dead", "missing"]),
        ("受灾村庄65个，人口4.2万人。", ["affected", "affected"]),
        ("全县9个乡镇60个村（社区）受灾。", ["affected", "affected"]),
        ("4乡镇三次遭受冰雹袭击。", ["affected", None]),
        (
            "倒塌房屋120间，损坏300间，严重损房5户12间。",
            ["collapsed", "damaged", "severely_damaged", "severely_damaged"],
        ),
        ("倒损房屋80间（其中倒塌30间），受淹农田500亩。", ["damaged", "collapsed", "affected"]),
        ("民房倒塌80间，坏260间，伤12人死3人。", ["collapsed", "damaged", "injured", "dead"]),
        ("新建灾民新村1个，20户灾民搬进新居。", ["built", "resettled"]),
        ("转移9所学校师生2600人。", [None, "evacuated"]),
        ("1.2万人一度被洪水围困。", ["trapped"]),
        ("紧急转移安置720人。", ["evacuated"]),
        ("救济了6811户的20628名灾民。", ["relieved", "relieved"]),
        ("2017年3769个贫困村退出，退出低保20户。", ["out_of_poverty", None]),
        ("改造农村危房12.8万户。", ["repaired"]),
        ("用于15个拟脱贫村的补助。", ["poor"]),
        ("倒房20间，损失粮食3吨，牲畜5头。", ["collapsed", None, None]),
        ("转移受灾群众300人。", ["evacuated"]),
        ("救助受灾群众860名，安置灾民20户。", ["relieved", "resettled"]),
        ("修复水毁道路18处、桥梁3座。", ["repaired", "repaired"]),
        ("新建桥、涵、闸22座，加固堤防5公里。", ["built", "repaired"]),
        ("新建整修道路114公里。", ["built"]),
        ("两个贫困县全部摘帽，6万贫困人口实现脱贫。", ["out_of_poverty", "out_of_poverty"]),
        ("贫困人口由年初的8万人减少到6万人。", ["poor", "poor"]),
        ("为70户特困户、310人发放面粉9吨。", ["relieved", "relieved", None]),
        ("对60户，240人给予了救助。", ["relieved", "relieved"]),
        ("42户、170人搬迁。", ["resettled", "resettled"]),
        ("实施12户40人的避险搬迁。", ["resettled", "resettled"]),
        ("完成45户180人的搬迁任务。", ["resettled", "resettled"]),
        ("甲县6个乡镇，乙县3个乡镇受灾。", ["affected", "affected"]),
        ("低保对象由1.8万人增加到2.1万人。", ["relieved", "relieved"]),
        ("共建成水窖300口。", ["built"]),
        ("成灾面积300公顷，绝收50公顷。", ["crop_damaged", "crop_failed"]),
        ("全县20万人享受低保。", ["relieved"]),
    ],
)
def test_status(counts: Extractor, text: str, statuses: list[str | None]) -> None:
    found = [record.status for record in counts.extract_text(text) if record.kind == "count"]
    assert found == statuses


@pytest.mark.parametrize(
    "text",
    [
        "建筑面积1500平方米。",
        "提出整改建议25条。",
        "派出两个工作组赶赴受灾较重地区。",
        "组建护林队伍12支。",
        "组成4个疏散小组开展工作。",
        "设置集中安置点46个。",
        "15个乡镇建有卫生站。",
        "发放救济粮650吨。",
        "转移劳动力1.2万人。",
        "救出群众10人，全县人口30万人。",
        "3个土地治理项目和1个水毁工程修复项目。",
        "组织抢修队伍31支。",
    ],
)
def test_no_status(counts: Extractor, text: str) -> None:
    assert {record.status for record in counts.extract_text(text) if record.kind == "count"} == {None}
