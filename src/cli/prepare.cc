#include "cli/prepare.h"

#include <ostream>

#include "cli/places.h"
#include "cli/wiring.h"
#include "policy/life.h"
#include "policy/load.h"

namespace guanhu::cli {

using base::Error;

namespace {

struct Asked {
  std::string data;
  PackItem scheme;
  base::Period period;
  std::optional<base::Instant> known_at;
};

base::Result<Asked> read(const Options& options) {
  auto data = options.need("data"), scheme = options.need("scheme"), period = options.need("period");
  for (const auto* each : {&data, &scheme, &period})
    if (!*each) return each->error();
  auto item = pack_item(*scheme);
  if (!item) return item.error();
  auto parsed = base::Period::parse(*period);
  if (!parsed)
    return Error{"cli.period", "'" + *period + "' 不是考核期间", "--period",
                 "写成 2025、2025H2、2025Q4 或 2025-12"};
  Asked out{*data, *item, *parsed, std::nullopt};
  if (auto text = options.get("known-at")) {
    out.known_at = base::Instant::parse(*text);
    if (!out.known_at)
      return Error{"cli.time", "'" + *text + "' 不是时间", "--known-at",
                   "写成 2026-01-05T08:00:00+08:00 或 2026-01-05"};
  }
  return out;
}

// What was activated in the bank goes before what is installed; a folder that is named goes before both.
base::Result<std::shared_ptr<const policy::Pack>> pack_for(const Asked& asked, feed::Bank* bank,
                                                           const std::filesystem::path& policies) {
  const std::string& id = asked.scheme.pack;
  if (bank)
    if (auto version = policy::PolicyLife::in_force(bank->store(), id, asked.period.last()))
      return policy::PolicyLife(bank->folder().temp() / "policies").open(bank->store(), *version);
  auto pack = policy::open_pack(policies, id);
  if (!pack) return pack.error();
  return std::make_shared<const policy::Pack>(std::move(*pack));
}

// Figures of a period that no extract has reached are no figures.
base::Status check_reached(Prepared& p, const base::Period& period) {
  const std::string active = people::active_import("i", p.known_at);
  auto last = warehouse::one_int(
      p.bank.warehouse(),
      "SELECT CAST(max(i.business_date) - DATE '1970-01-01' AS BIGINT) FROM imports i WHERE " + active);
  if (!last && p.known_at)
    return Error{"data.none", "到 " + p.known_at->str() + " 为止还没有导入任何业务日期", "--known-at",
                 "换一个更晚的时间, 或不写 --known-at"};
  if (!last) return Error{"data.none", "还没有导入任何业务日期", "", "先用 guanhu import --data DIR FEED 导入"};
  base::Date reached(static_cast<int32_t>(*last));
  if (reached < period.first())
    return Error{"data.period", "期间 " + period.str() + " 还没有数据, 已导入到 " + reached.str(), "--period",
                 "先导入这个期间的业务日期, 或换一个期间"};
  p.reached = reached;
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Prepared>> prepare(const Options& options, Io& io,
                                                const std::optional<std::string>& only) {
  auto asked = read(options);
  if (!asked) return asked.error();
  auto named = options.get("policies");
  auto policies = policies_folder(named ? std::optional(path_of(io, *named)) : std::nullopt);
  if (!policies) return policies.error();
  std::shared_ptr<measures::ColumnsAhead> ahead;
  if (!asked->known_at && !io.held) ahead = measures::read_ahead(std::filesystem::path(asked->data) / "columns");
  auto bank = open_bank(asked->data, io);
  if (!bank) return bank.error();
  auto out = std::make_unique<Prepared>(std::move(*bank));
  for (const auto& note : out->bank.notes()) io.err << note << "\n";
  auto pack = pack_for(*asked, named ? nullptr : &out->bank, *policies);
  if (!pack) return pack.error();
  out->pack = std::move(*pack);
  out->known_at = asked->known_at;
  if (auto status = check_reached(*out, asked->period); !status) return status.error();
  auto scheme = policy::compile_scheme(*out->pack, asked->scheme.name, asked->period.last());
  if (!scheme) return scheme.error();
  auto progress = [&](std::string_view what) {
    if (io.progress) io.err << what << "\n" << std::flush;
  };
  auto engine = measures::Engine::open(
      out->bank.warehouse(),
      {.columns = out->bank.folder().columns(), .ahead = ahead, .known_at = out->known_at, .teams = {}}, progress);
  if (!engine) return engine.error();
  out->engine = std::move(*engine);
  out->directory = people::Directory::load(out->bank.warehouse(), asked->period.last(), out->known_at);
  auto evaluation = appraisal::evaluate(
      *scheme, asked->period, *out->engine, out->directory, only, {},
      appraisal::RecordedFacts::load(out->bank.store(), out->known_at, appraisal::asks_grade(*scheme->scheme)));
  if (!evaluation) return evaluation.error();
  out->evaluation.emplace(std::move(*evaluation));
  return out;
}

int refuse(Io& io, std::string_view command, const Error& error) {
  io.err << "guanhu " << command << ": " << error.text() << "\n";
  // The facts or the scheme say no; everything else is wrong use or input.
  bool no = error.code.rfind("measure.", 0) == 0 || error.code == "scheme.holders" ||
            error.code.rfind("data.", 0) == 0 || error.code == "scheme.formula";
  return no ? kNo : kWrong;
}

}  // namespace guanhu::cli
