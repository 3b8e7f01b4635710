#include "sample/names.h"

#include <array>
#include <cstdio>

#include "base/identity.h"

namespace guanhu::sample {

namespace {
template <size_t N>
const char* pick(const std::array<const char*, N>& list, uint64_t& hash) {
  const char* chosen = list[hash % N];
  hash /= N;
  return chosen;
}

constexpr std::array<const char*, 40> kFamilies = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
                                                   "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗",
                                                   "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧",
                                                   "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕"};
constexpr std::array<const char*, 32> kWomen = {"秀英", "敏",   "丽", "静",   "桂兰", "秀兰", "芳",   "娟",
                                                "艳",   "玉梅", "霞", "玲",   "婷",   "雪梅", "春花", "莉",
                                                "红",   "凤英", "佳", "慧",   "欣怡", "淑华", "桂英", "梅",
                                                "琴",   "倩",   "丹", "月娥", "巧云", "雅琴", "翠花", "萍"};
constexpr std::array<const char*, 32> kMen = {"伟",   "强",   "磊",   "军",   "洋",   "勇",   "建国", "杰",
                                              "涛",   "超",   "明",   "刚",   "平",   "辉",   "建军", "鹏",
                                              "志强", "国庆", "浩",   "宇",   "德福", "永贵", "长林", "海波",
                                              "春生", "立新", "文斌", "振华", "福来", "大山", "世杰", "晓东"};
constexpr std::array<const char*, 20> kTownFirst = {"青", "清", "石", "柳", "白", "新", "大", "南", "北", "东",
                                                    "西", "龙", "安", "永", "双", "金", "古", "长", "丰", "太"};
constexpr std::array<const char*, 20> kTownSecond = {"禾", "河", "桥", "塘", "岭", "湾", "溪", "坪", "集", "店",
                                                     "沟", "泉", "林", "田", "庄", "阳", "峰", "渡", "台", "川"};
constexpr std::array<const char*, 20> kBrands = {"丰穗", "禾源", "绿野", "金谷", "宏泰", "恒信", "瑞丰",
                                                 "康达", "鑫盛", "万和", "华茂", "永兴", "天成", "广源",
                                                 "顺达", "福临", "嘉禾", "益农", "盛世", "东升"};
constexpr std::array<const char*, 12> kTrades = {"粮油加工", "农业科技", "建材", "食品", "商贸",     "运输",
                                                 "机械制造", "种业",     "果蔬", "养殖", "建筑工程", "纺织"};
constexpr std::array<const char*, 6> kBodies = {"村民委员会", "中心小学", "卫生院",
                                                "农机服务站", "敬老院",   "文化站"};

std::string numbered(uint64_t number) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "%04llu", static_cast<unsigned long long>(number));
  return buffer;
}

constexpr int kBirthDays = 20000;  // 54.8 years
}  // namespace

std::string person_name(uint64_t hash, bool female, uint64_t number) {
  std::string name = pick(kFamilies, hash);
  name += female ? pick(kWomen, hash) : pick(kMen, hash);
  return name + "(样本)" + numbered(number);
}

std::string company_name(uint64_t hash, uint64_t number) {
  std::string name = "样本县";
  name += pick(kBrands, hash);
  name += pick(kTrades, hash);
  return name + numbered(number) + "有限公司";
}

std::string public_body_name(uint64_t hash, uint64_t number) {
  std::string name = "样本县" + town_name(static_cast<int>(hash % 40));
  hash /= 40;
  return name + pick(kBodies, hash) + numbered(number);
}

std::string town_name(int town) {
  uint64_t t = static_cast<uint64_t>(town) % 400;
  // The second character runs with the first, so that neighbours in the list sound different.
  std::string name = kTownFirst[t % 20];
  name += kTownSecond[(t % 20 + t / 20) % 20];
  if (town >= 400) name += std::to_string(town / 400 + 1);
  return name;
}

std::string address(uint64_t hash, int town, bool rural) {
  std::string out = "样本县" + town_name(town) + "镇";
  if (rural) {
    out += kTownFirst[hash % 20];
    out += kTownSecond[hash / 20 % 20];
    return out + "村" + std::to_string(hash / 400 % 12 + 1) + "组" + std::to_string(hash / 4800 % 90 + 1) + "号";
  }
  static constexpr std::array<const char*, 8> kStreets = {"人民路", "解放街", "建设路", "中心街",
                                                          "文化路", "和平巷", "振兴路", "河滨路"};
  return out + kStreets[hash % 8] + std::to_string(hash / 8 % 300 + 1) + "号";
}

std::string phone(uint64_t hash) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "100%08llu", static_cast<unsigned long long>(hash % 100000000));
  return buffer;
}

base::Date birthday(uint64_t person, base::Date first) {
  return first + static_cast<int32_t>(person * 7919 % kBirthDays);
}

std::string resident_id(uint64_t person, bool female, base::Date first) {
  base::Date born = birthday(person, first);
  uint64_t sequence = person / kBirthDays * 2 + (female ? 2 : 1);  // even: women, odd: men; 1 to 999
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%s%04d%02d%02d%03llu", kCounty, born.year(), born.month(), born.day(),
                static_cast<unsigned long long>(sequence));
  return *base::complete_resident_id(buffer);
}

std::string credit_code(uint64_t number, int kind) {
  static constexpr std::array<const char*, 3> kAuthorities = {"91", "93", "12"};
  char body[24];
  std::snprintf(body, sizeof body, "M%07llu", static_cast<unsigned long long>(number));
  std::string organisation = body;
  organisation += *base::organisation_check(organisation);
  return *base::complete_credit_code(kAuthorities[static_cast<size_t>(kind)] + std::string(kCounty) +
                                     organisation);
}

std::string account_number(uint64_t hash) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "9999%012llu", static_cast<unsigned long long>(hash % 1000000000000ULL));
  return buffer;
}

}  // namespace guanhu::sample
