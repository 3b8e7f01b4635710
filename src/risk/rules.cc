#include "risk/rules.h"

#include <optional>

namespace guanhu::risk {

namespace {

constexpr std::string_view kWords[] = {"spike", "in_out", "loan_return", "circle", "split"};

std::string place_of(const policy::Parameter& parameter) {
  return parameter.origin.document + ":" + std::to_string(parameter.origin.line);
}

class Reader {
 public:
  Reader(const policy::Pack& pack, base::Date day, Rules& out) : pack_(pack), day_(day), out_(out) {}

  void kind(Kind kind) { kind_ = kind; }

  int64_t fen(const char* name) {
    auto value = number(name, "元");
    auto fen = value ? base::Decimal::multiply(*value, 100) : std::nullopt;
    auto whole = fen ? fen->to_int64() : std::nullopt;
    if (value && (!whole || *whole < 0)) refuse(name, "要的是不小于 0、最多两位小数的金额", "改成 50000 这样的数");
    return whole.value_or(0);
  }

  int whole(const char* name, const char* unit, int least, int most) {
    auto value = number(name, unit);
    auto whole = value ? value->to_int64() : std::nullopt;
    if (value && (!whole || *whole < least || *whole > most)) {
      refuse(name, "要的是 " + std::to_string(least) + " 到 " + std::to_string(most) + " 的整数", "改成整数");
      return least;
    }
    return static_cast<int>(whole.value_or(least));
  }

  // A per cent with up to six decimals, as a rate.
  Rate rate(const char* name, int most) {
    auto value = number(name, "%");
    auto scaled = value ? base::Decimal::multiply(*value, 1'000'000) : std::nullopt;
    auto whole = scaled ? scaled->to_int64() : std::nullopt;
    if (value && (!whole || *whole < 0 || *whole > most * int64_t{1'000'000}))
      refuse(name, "要的是 0 到 " + std::to_string(most) + " 的百分数，最多六位小数", "改成 4 这样的数");
    return {whole.value_or(0), 100'000'000};
  }

  std::vector<std::string> words(const char* name) {
    std::vector<std::string> out;
    const policy::Parameter* parameter = find(name);
    const feel::Value* value = parameter ? parameter->constant_on(day_) : nullptr;
    if (!parameter) return out;
    if (!value || value->kind() != feel::Kind::list) {
      refuse(name, "要的是一列文字", "改成 [\"transfer\", \"cash\"] 这样的一列");
      return out;
    }
    std::string text;
    for (const feel::Value& item : value->items()) {
      if (item.kind() != feel::Kind::string) {
        refuse(name, "要的是一列文字", "每一项加引号");
        return out;
      }
      out.push_back(item.text());
      text += (text.empty() ? "" : ", ") + item.text();
    }
    note(*parameter, text);
    return out;
  }

  const std::optional<base::Error>& error() const { return error_; }

 private:
  const policy::Parameter* find(const char* name) {
    const policy::Parameter* parameter = pack_.parameter(name);
    if (!parameter) refuse(name, "没有这个参数", "在制度包里写上，或用 policies/anti-gaming");
    return parameter;
  }

  std::optional<base::Decimal> number(const char* name, const char* unit) {
    const policy::Parameter* parameter = find(name);
    if (!parameter) return std::nullopt;
    auto value = parameter->is_number() ? parameter->on(day_) : std::nullopt;
    if (!parameter->is_number()) refuse(name, "要的是数字", "改成数字");
    else if (!value) refuse(name, "在 " + day_.str() + " 没有值", "补上那一天的值");
    else if (parameter->unit != unit) refuse(name, "单位是 " + parameter->unit, std::string("写成 ") + unit);
    if (error_ || !value) return std::nullopt;
    note(*parameter, value->str());
    return value;
  }

  void note(const policy::Parameter& parameter, std::string value) {
    out_.applied[static_cast<size_t>(kind_)].push_back(
        {parameter.name, std::move(value), parameter.unit, parameter.origin.article, place_of(parameter)});
  }

  void refuse(const char* name, const std::string& why, const std::string& hint) {
    if (error_) return;
    const policy::Parameter* parameter = pack_.parameter(name);
    error_ = base::Error{"risk.parameter", "参数“" + std::string(name) + "”" + why,
                         pack_.id + (parameter ? "/" + place_of(*parameter) : ""), hint};
  }

  const policy::Pack& pack_;
  base::Date day_;
  Rules& out_;
  Kind kind_ = Kind::spike;
  std::optional<base::Error> error_;
};

constexpr int kDays = 92;  // of a window: what lies further away is no longer around a period's end

void read_spikes(Reader& read, Rules& out) {
  read.kind(Kind::spike);
  out.bank.limit = out.organisation.limit = read.rate("存款偏离度上限", 1000);
  out.organisation.least = read.fen("机构偏离最低金额");
  out.manager = {read.rate("经理存款偏离度上限", 1000), read.fen("经理偏离最低金额")};
  out.customer = {read.rate("客户存款偏离度上限", 10'000), read.fen("客户偏离最低金额")};
  out.fall_days = read.whole("回落观察天数", "天", 1, kDays);
  out.fall = read.rate("回落比例", 100);
}

}  // namespace

std::string_view word_of(Kind kind) { return kWords[static_cast<size_t>(kind)]; }

base::Result<Kind> kind_of(std::string_view word) {
  for (Kind kind : kKinds)
    if (word_of(kind) == word) return kind;
  std::string known;
  for (std::string_view one : kWords) known += (known.empty() ? "" : ", ") + std::string(one);
  return base::Error{"risk.kind", "'" + std::string(word) + "' is no kind of finding", "kind", known};
}

base::Result<Rules> rules_of(const policy::Pack& pack, base::Date day) {
  Rules out;
  out.pack = pack.id, out.pack_hash = pack.hash;
  Reader read(pack, day, out);
  read_spikes(read, out);
  read.kind(Kind::passing);
  out.passing_days = read.whole("进出天数", "天", 1, kDays);
  out.passing_least = read.fen("进出最低金额");
  out.passing_tolerance = read.rate("进出容差", 100);
  read.kind(Kind::loan_return);
  out.return_days = read.whole("回流天数", "天", 0, kDays);
  out.return_loan_least = read.fen("回流贷款起点");
  out.return_part_least = read.fen("回流单笔起点");
  out.return_tolerance = read.rate("回流容差", 100);
  out.return_kinds = read.words("回流交易种类");
  out.relations = read.words("关联关系");
  read.kind(Kind::circle);
  out.circle_least = read.whole("成圈最少笔数", "笔", 2, 12);
  out.circle_most = read.whole("成圈最多笔数", "笔", 2, 12);
  out.circle_days = read.whole("成圈天数", "天", 0, kDays);
  out.circle_amount = read.fen("成圈最低金额");
  out.circle_tolerance = read.rate("成圈容差", 100);
  read.kind(Kind::split);
  out.split_days = read.whole("拆单间隔天数", "天", 0, kDays);
  out.split_least = read.whole("拆单笔数", "笔", 2, 1000);
  out.split_products = read.words("拆单产品");
  if (read.error()) return *read.error();
  return out;
}

}  // namespace guanhu::risk
