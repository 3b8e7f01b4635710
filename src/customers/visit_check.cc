#include "customers/visit_check.h"
#include "base/length.h"

#include <algorithm>
#include <set>

namespace guanhu::customers {

using base::Decimal;
using base::Error;
using base::Instant;
using base::Status;

namespace {

constexpr size_t kMostCustomers = 30;
constexpr size_t kMostFollowUps = 20;
constexpr size_t kLongestReason = 2000;  // characters
constexpr int64_t kLongestVisit = int64_t{24} * 3600 * 1'000'000;

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

size_t characters(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool clock_time(const std::string& text) {
  if (text.size() != 5 || text[2] != ':') return false;
  for (size_t at : {0, 1, 3, 4})
    if (text[at] < '0' || text[at] > '9') return false;
  return text.substr(0, 2) < "24" && text.substr(3) < "60";
}

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

Status check_position(const Position& of, const std::string& where) {
  if (of.state == "none" || of.state == "refused" || of.state == "unavailable") return {};
  if (of.state != "taken") return Error{"visit.position", "没有“" + of.state + "”这种定位", where, "重新定位"};
  if (of.lat < Decimal(-90) || of.lat > Decimal(90) || of.lon < Decimal(-180) || of.lon > Decimal(180))
    return Error{"visit.position", "经纬度 " + of.lat.str() + "，" + of.lon.str() + " 不在地球上", where,
                 "重新定位"};
  if (of.accuracy < 0) return Error{"visit.position", "定位精度不能是负的", where, "重新定位"};
  if (!Instant::parse(of.at)) return Error{"visit.position", "没有写定位的时间", where, "重新定位"};
  return {};
}

Status check_photos(const Visit& of, Instant latest) {
  for (size_t n = 0; n < of.photos.size(); ++n) {
    const VisitPhoto& one = of.photos[n];
    const std::string where = "photos/" + std::to_string(n), name = "第 " + std::to_string(n + 1) + " 张照片";
    if (!is_digest(one.digest)) return Error{"visit.photo", name + "没有传上来", where, "重新选这张照片"};
    if (!one.original.empty() && !is_digest(one.original))
      return Error{"visit.photo", name + "原图的指纹不对", where, "重新选这张照片"};
    const auto taken = Instant::parse(one.taken_at);
    if (!taken || *taken > latest)
      return Error{"visit.photo", name + "的拍摄时间 " + one.taken_at + " 不对或在以后", where, "校准手机的时间"};
    if (auto said = check_position(one.position, where); !said.ok()) return said;
  }
  return {};
}

Status check_follow_ups(const Visit& of) {
  std::set<std::string> ids;
  if (of.follow_ups.size() > kMostFollowUps)
    return Error{"visit.follow", "后续事项太多", "follow_ups", "最多二十件，合并几件"};
  for (size_t n = 0; n < of.follow_ups.size(); ++n) {
    const FollowUp& one = of.follow_ups[n];
    const std::string where = "follow_ups/" + std::to_string(n);
    if (blank(one.text) || base::characters(one.text) > 300)
      return Error{"visit.follow", "第 " + std::to_string(n + 1) + " 件后续事项没有写要办什么，或太长",
                   where + "/text", "一句话，最多一百字"};
    if (one.id.empty() || one.id.size() > 64 || !ids.insert(one.id).second)
      return Error{"visit.follow", "后续事项的编号空着或重复", where + "/id", "每件一个编号"};
    if (one.due < of.day)
      return Error{"visit.follow", "后续事项的期限 " + one.due.str() + " 早于走访的日子", where + "/due",
                   "写走访当天或以后"};
  }
  return {};
}

Status check_times(const Visit& of, Instant latest) {
  const auto from = Instant::parse(of.started), to = Instant::parse(of.ended);
  if (!of.started.empty() && !from)
    return Error{"visit.times", "开始时间“" + of.started + "”看不懂", "started", "重新选时间"};
  if (!of.ended.empty() && !to)
    return Error{"visit.times", "结束时间“" + of.ended + "”看不懂", "ended", "重新选时间"};
  if (from && to && *to < *from) return Error{"visit.times", "结束早于开始", "ended", "改开始或结束的时间"};
  if (from && to && to->micros - from->micros > kLongestVisit)
    return Error{"visit.times", "一次走访不超过二十四小时", "ended", "分几次记"};
  if (from && *from > latest) return Error{"visit.times", "开始时间在以后", "started", "校准手机的时间"};
  if (to && *to > latest) return Error{"visit.times", "结束时间在以后", "ended", "校准手机的时间"};
  return {};
}

}  // namespace

Status check_plan(const Visit& of) {
  if (of.customers.empty() && blank(of.place))
    return Error{"visit.who", "没有写去见哪户客户，也没有写去哪里", "customers", "选客户，或写村组、市场的名字"};
  const std::set<std::string> once(of.customers.begin(), of.customers.end());
  if (once.size() != of.customers.size())
    return Error{"visit.customers", "同一户客户写了两次", "customers", "去掉重复的"};
  if (of.customers.size() > kMostCustomers)
    return Error{"visit.customers", "一次走访最多三十户", "customers", "分几次记"};
  if (characters(of.place) > 200) return Error{"visit.who", "地点太长", "place", "最多两百字"};
  if (!of.time.empty() && !clock_time(of.time))
    return Error{"visit.time", "时间“" + of.time + "”看不懂", "time", "例如 09:30"};
  return {};
}

Status check_done(const Visit& of, Instant latest) {
  if (blank(of.findings)) return Error{"visit.findings", "没有写走访的情况", "findings", "写看到什么、谈了什么"};
  if (auto said = check_times(of, latest); !said.ok()) return said;
  if (auto said = check_position(of.position, "position"); !said.ok()) return said;
  if (auto said = check_photos(of, latest); !said.ok()) return said;
  return check_follow_ups(of);
}

Status check_reason(const std::string& text, const char* where, const char* what) {
  if (blank(text)) return Error{"visit.reason", std::string("没有写") + what, where, "用一两句话写明"};
  if (characters(text) > kLongestReason)
    return Error{"visit.reason", std::string(what) + "太长", where, "最多两千字"};
  return {};
}

std::string line_of(const std::string& text) {
  std::string line = text.substr(0, text.find_first_of("\r\n"));
  size_t at = 0;
  for (size_t count = 0; at < line.size(); ++at)
    if ((line[at] & 0xC0) != 0x80 && ++count > records::kTitleLimit) break;
  line.resize(at);
  return blank(line) ? "…" : line;
}

}  // namespace guanhu::customers
