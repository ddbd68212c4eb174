import { describe, expect, it } from "vitest";
import { office } from "../support/real-office.ts";

/** When each source was published, page by page, as the page itself, its address or its surroundings show it. Facts about the sources,
 *  collected with them: the known-since day of whatever rests on a page must be this one. */
const sourceDates: Readonly<Record<string, string>> = {
  // The page bears the day.
  "http://covid-19.chinadaily.com.cn/m/jiangsu/zhangjiagang/2016-01/08/content_22998315.htm": "2016-01-08",
  "http://eng.shasteel.cn/doc/2016/08/13/6007.shtml": "2016-08-13",
  "http://study.zjgdj.gov.cn/XXZX/LDJH/20170111/Y2017M2D14H10m45s4R39.htm": "2017-01-11",
  "http://nanjing.baogaosu.com/xinwen/%E6%8E%A2%E7%B4%A2%E7%94%9F%E6%80%81%E6%96%87%E6%98%8E%E7%9A%84%E5%BC%A0%E5%AE%B6%E6%B8%AF%E6%A0%B7%E6%9C%AC/60696253/":
    "2017-09-11",
  "http://www.zjg.gov.cn/zjgEnglish/099001/20170927/79ed1545-1ec5-404d-9046-5c1d6d0857a6.html": "2017-09-27",
  "http://www.zjg.gov.cn/zjgEnglish/099001/20171101/18d802fb-e20a-41f9-a64e-b41f2aaeae7b.html": "2017-11-01",
  "http://chinacompositesexpo.com/cn/news.php?news_id=5773": "2017-11-06",
  "http://www.zjg.gov.cn/zjgEnglish/099007/099007004/20180205/1c076ec3-eea8-4b3b-ba5b-de41832204fb.html": "2018-02-05",
  "http://www.zjg.gov.cn/zjgEnglish/099004/099004001/20180302/7b9c1448-63de-48cc-9700-af8ae5bce486.html": "2018-03-02",
  "http://www.szns.gov.cn/english/aboutnanshan/overview/201805/t20180521_11925377.htm": "2018-05-21",
  "http://m.zgkjsz.com/page/2018/1120/4505644.shtml": "2018-11-20",
  "https://global.chinadaily.com.cn/a/201904/02/WS5ca352eca3104842260b4032.html": "2019-04-02",
  "https://xmwb.xinmin.cn/html/2019-04/09/content_10_8.htm": "2019-04-09",
  "http://m.xinhuanet.com/2019-04/18/c_1124384717.htm": "2019-04-18",
  "http://eng.shasteel.cn/doc/2019/05/15/10171.shtml": "2019-05-15",
  "http://www.tochina.vip/?mod=news&ac=newsshow&id=9657": "2019-06-04",
  "http://jiangsu.chinadaily.com.cn/zhangjiagang/2019-08/16/content_37503298.htm": "2019-08-16",
  "http://www.ifuun.com/a2019082020405565/": "2019-08-20",
  "http://www.chinadaily.com.cn/m/jiangsu/zhangjiagang/2019-11/04/content_37521873.htm": "2019-11-04",
  "https://xiegongwen.com/71102.html": "2020-01-04",
  "http://www.opptm.com/a/20200221/1582256593351.shtml": "2020-02-21",
  "https://www.chinadaily.com.cn/m/jiangsu/zhangjiagang/2020-05/29/content_37536667.htm": "2020-05-29",
  "http://pynewsun.com/a/hangyezixun/20200619/4337.html": "2020-06-19",
  "http://regional.chinadaily.com.cn/en/2020-06/22/c_502024.htm": "2020-06-22",
  "https://investchn.com/index.php/home/news/detail/id/103694.html": "2020-06-24",
  "http://jiangsu.chinadaily.com.cn/zhangjiagang/2020-07/02/c_917206.htm": "2020-07-02",
  "https://workercn.cn/32849/202007/02/200702084038702_7.shtml": "2020-07-02",
  "http://jiangsu.chinadaily.com.cn/zhangjiagang/2020-08/13/c_529806.htm": "2020-08-13",
  "https://investchn.com/index.php/home/news/detail/id/121629.html": "2020-09-23",
  "https://cj.sina.com.cn/articles/view/1444893750/561f543601900pxc1": "2020-09-30",
  "https://en.imsilkroad.com/p/316914.html": "2020-10-19",
  "https://digitalpaper.stdaily.com/http_www.kjrb.com/kjrb/html/2020-10/23/content_455647.htm?div=-1": "2020-10-23",
  "http://jjcsj.apcreports.org.cn/jjcsj/news/8525.html": "2020-11-10",
  "https://en.imsilkroad.com/p/317466.html": "2020-11-10",
  "http://yzaobao.com/shiju/20210103/83837.html": "2021-01-03",
  "https://ashea.com.cn/caijing/2021/0407/234704.html": "2021-04-07",
  "http://news.jschina.com.cn/zt2021/fdbnl/yaowen/202105/t20210518_2782676.shtml": "2021-05-18",
  "http://www.sz.gov.cn/en_szgov/news/latest/content/post_9069014.html": "2021-08-19",
  "http://jiangsu.chinadaily.com.cn/zhangjiagang/2021-08/20/c_653747.htm": "2021-08-20",
  "https://malmo.miljobarometern.se/miljoprogram/klimatsmartaste/fornybart/": "2021-11-02",
  "http://cscaiwang.cn/dujia/zixun/20211209/32590.html": "2021-12-09",
  "https://www.sanwenwang.com/ba/nbsmlfqf.html": "2021-12-25",
  "http://www.qizuiyu.cn/2022/04/25/Which-district-of-Suzhou-has-the-strongest-economic-strength-which-district-has-the-most-development-potential/":
    "2022-04-25",
  "https://investchn.com/home/news/detail/id/284037.html": "2022-07-21",
  "https://knewsmart.com/archives/80409": "2022-08-30",
  "http://news.caijingmobile.com/article/detail/476222?source_id=43": "2022-10-24",
  "https://www.jiangsu.gov.cn/art/2023/1/29/art_33718_10736636.html": "2023-01-29",
  "http://jiangsu.chinadaily.com.cn/zhangjiagang/2023-01/31/c_916131.htm": "2023-01-31",
  "http://www.chinagongyi.com.cn/huanjing/14204.html": "2023-05-11",
  "http://jiangsu.chinadaily.com.cn/zhangjiagang/2023-11/24/c_942128.htm": "2023-11-24",
  "https://m.mysteel.com/a/23120808/60ED37A11DD2E20F_abc.html": "2023-12-08",
  "http://www.investzjg.cn/zjgzsw/csgk/001001/singledetail.html": "2024-01-01",
  "https://js.news.163.com/24/1127/14/JI0PDGE504249CU3.html": "2024-11-27",
  "https://reportify.cn/tags/industry?tagValue=%E7%94%9F%E7%89%A9%E5%AE%89%E5%85%A8": "2026-01-04",
  // The day is that of the report or the meeting, or of the copy that was read; what is known of it stands behind.
  "https://www.fanwen112.com/fanwen/557506.html": "2018-01-03", // 2018-01-03(转载页标注 2021-09-30)
  "https://m.yd166.com/jingyan/5614127466.html": "2019-10-23", // 2019-10-23(转载页标注 2022-11-14)
  "https://www.bjnews.com.cn/detail/161775861615951.html": "2021-04-07", // 2021-04-07(推定)
  "https://m.falvchangshi.com/tags/109571.html": "2022-11-25", // 转载 2022-11-25
  // The page bears or suggests a month or a year only: its last day.
  "https://fdocuments.in/document/kitakyushus-challenge-to-promote-the-development-of-green-industry-kenji.html": "2012-12-31", // 2012(推定)
  "https://360doc.cn/article/40490835_655477999.html": "2017-12-31", // 2017(推定)
  "https://www.shdbkk.com/html_3/qiche/30650/list/13.html": "2019-01-31", // 2018-12/2019-01(推定)
  "https://www.jqknews.com/news/181005-12_2_billion_of_the_companys_major_shareholders_have_been_criminally_coerced.html": "2019-05-31", // 2019-05
  "https://fangzhenxiu.com/post/8474859/?uri=465_en3cp5qXQW": "2019-06-30", // 2019-06(推定)
  "http://www.qzkangyuan.com/cnidc/idcnews/osnews/44553.html": "2020-01-31", // 2020-01(推定)
  "http://fs-ss.com/572.html": "2020-03-31", // 2020-03(推定)
  "http://www.kjcyd.cn/news-old/show-5616.html": "2020-06-30", // 2020-06(推定)
  "https://nanmuxuan.com/economy/xotkeiovrd.html": "2020-06-30", // 2020-06(推定)
  "http://kdlawyer.net/Article/chufa/202009/26042.html": "2020-09-30", // 2020-09
  "https://www.prnewswire.com:443/news-releases/xinhua-silk-road-east-chinas-zhangjiagang-hails-rmb-61-5-bln-project-inv-at-2020-economic--trade-week-301166151.html":
    "2020-11-30", // 2020-11
  "https://docslib.org/doc/1008860/an-overview-of-the-2019-economic-and-social-development-of-suzhou-municipality": "2020-12-31", // 2020
  "https://www.163.com/dy/article/G1BUB0IU0550D6TP.html": "2021-01-31", // 2021-01(推定)
  "https://todaychina.cc/48378.html": "2021-05-31", // 2021-05(推定)
  "http://9aivip.com/item/%E8%8B%8F%E5%B7%9E%E5%B7%A5%E4%B8%9A%E5%9B%AD": "2021-12-31", // 2021
  "https://m.phsb.com/html/681/680056.html": "2021-12-31", // 2021(未标注)
  "https://qinglite.cn/doc/6941670e1534424dc": "2022-12-31", // 2022
  "https://dzswgf.mofcom.gov.cn/news/43/2023/10/1698374984855.html": "2023-10-31", // 2023-10
  "http://news.qlsyzx.com/zixun/202407/343703.html": "2024-07-31", // 2024-07
  "https://quyushuju.com/forum.php?mod=viewthread&tid=79543": "2024-12-31", // 2024(未标注)
  "https://www.metec-tradefair.com/en/Media_News/News/Business_News/Shagang_Group_starts_further_Castrip_line_for_thin_strip_casting":
    "2024-12-31", // 2024
  // The page has no date: the day on which it was collected.
  "https://hanghangcha.com/hhcQuestion/detail/1151601.html": "2026-11-22",
  "https://scholarmate.com/S/BhchDF": "2026-11-22",
  "https://www.go100re.net/properties/malmo-sweden/": "2026-11-22",
  "https://zf.alljournals.cn/view_abstract.aspx?aid=250D73D0A345F5D4FA329FE030A5E547&pcid=566B96C23CBD22A7705B6E046EC97336": "2026-11-22",
};

describe("the day since which a fact was known", () => {
  const facts = [...office.observations, ...office.evidence];

  it("is the day that its source bears, or the last day that the source leaves open", () => {
    const wrong = facts.filter((fact) => sourceDates[fact.source.url] !== fact.knownSince);
    expect(wrong.map((fact) => `${fact.source.url}: ${fact.knownSince}, source ${sourceDates[fact.source.url]}`)).toEqual([]);
  });

  it("is known for every page that was read, and every page is used", () => {
    const used = new Set(facts.map((fact) => fact.source.url));
    expect(Object.keys(sourceDates).toSorted()).toEqual([...used].toSorted());
  });

  it("is not the day of a copy where the report or the meeting has its own: the estimates were known on 2018-01-03", () => {
    const estimates = facts.filter((fact) => fact.source.title.includes("2018-01-03 市十四届人大二次会议"));
    expect(new Set(estimates.map((fact) => fact.knownSince))).toEqual(new Set(["2018-01-03"]));
  });
});
