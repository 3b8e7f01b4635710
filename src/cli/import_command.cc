// guanhu import: business dates from the night batch's folders into the bank.
#include <ostream>

#include "api/imports.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/todo_night.h"
#include "cli/wiring.h"
#include "feed/importer.h"

namespace guanhu::cli {

namespace {

constexpr std::string_view kHelp =
    R"(usage: guanhu import --data DIR FEED... [--allow-rejects N] [--json]
       guanhu import --data DIR --status [--json]
       guanhu import --data DIR --rebuild

Imports business dates in the order of their dates, each whole or not at all, and reports per file what was
read, applied, unchanged and refused, and every control total with expected, found and difference.

  FEED               a date's folder (with manifest.json), or a folder of them; several may be given
  --allow-rejects N  apply a date in spite of up to N refused rows, broken totals and missing files; N is
                     recorded with the date
  --status           lists the imported dates and the control totals that do not hold
  --rebuild          makes the warehouse anew from the landed files
  --json             one JSON document

A refused date does not stop the later ones. Importing a date again replaces what it brought before; dates may
come late and in any order.

Exit status: 0 all dates were applied; 1 a date was refused; 2 wrong use or input.
Example:
  guanhu import --data bank feed/2025-12-31
)";

struct Asked {
  std::string data;
  std::vector<feed::FeedFolder> feeds;
  std::optional<int64_t> tolerance;
  bool json = false, status = false, rebuild = false;
};

base::Result<Asked> read(const std::vector<std::string>& arguments, const Io& io) {
  auto options = Options::parse(arguments, {"data", "allow-rejects"}, {"json", "status", "rebuild"});
  if (!options) return options.error();
  Asked out;
  auto data = options->need("data");
  if (!data) return data.error();
  out.data = *data;
  out.json = options->has("json");
  out.status = options->has("status");
  out.rebuild = options->has("rebuild");
  if (options->has("allow-rejects")) {
    auto number = options->number("allow-rejects", 0);
    if (!number) return number.error();
    out.tolerance = *number;
  }
  if (out.status && out.rebuild)
    return base::Error{"cli.argument", "--status and --rebuild do not go together", "", "see --help"};
  if (options->rest().empty() && (out.status || out.rebuild)) return out;
  if (options->rest().empty())
    return base::Error{"cli.missing", "no FEED is given", "",
                       "name a date's folder, or a folder of them; see --help"};
  if (out.status || out.rebuild)
    return base::Error{"cli.argument", "--status and --rebuild take no FEED", options->rest()[0], "see --help"};
  std::vector<std::string> paths;
  for (const auto& path : options->rest()) paths.push_back(path_of(io, path));
  auto feeds = feed::find_feeds(paths);
  if (!feeds) return feeds.error();
  out.feeds = std::move(*feeds);
  return out;
}

base::JsonArray recovered_json(const feed::Bank& bank) {
  base::JsonArray out;
  for (const auto& r : bank.recovered())
    out.push_back(base::JsonObject{{"code", r.code}, {"business_date", r.business_date}, {"message", r.message}});
  return out;
}

int import_dates(feed::Bank& bank, const Asked& asked, Io& io) {
  auto progress = [&](const std::string& date, size_t done, size_t of) {
    if (io.progress) io.err << "\r" << date << "  " << done + 1 << "/" << of << std::flush;
  };
  base::JsonArray dates;
  size_t applied = 0, refused = 0;
  {
    feed::Importer importer(bank, progress);
    importer.import(asked.feeds, asked.tolerance, [&](const feed::DateReport& report) {
      (report.applied ? applied : refused) += 1;
      if (!report.applied) api::keep_refusal(bank.store(), report, actor_of(io), io.clock);
      if (asked.json) {
        dates.push_back(feed::to_json(report));
      } else {
        if (io.progress) io.err << "\r" << std::flush;
        feed::write_text(io.out, report);
      }
    });
  }
  if (io.progress) io.err << "\n";
  if (applied) todo_night(bank, io);
  if (asked.json) {
    io.out << base::Json(base::JsonObject{{"applied", applied},
                                          {"refused", refused},
                                          {"recovered", recovered_json(bank)},
                                          {"dates", std::move(dates)}})
                  .dump(1)
           << "\n";
  } else {
    io.out << "共 " << applied + refused << " 个业务日期：导入 " << applied << "，未导入 " << refused << "\n";
    for (const std::string& open : bank.open_totals()) io.out << open << "\n";
  }
  return refused == 0 ? kDone : kNo;
}

int rebuild(feed::Bank& bank, const Asked& asked, Io& io) {
  auto progress = [&](const std::string& date, size_t done, size_t of) {
    if (io.progress) io.err << "\r" << date << "  " << done + 1 << "/" << of << std::flush;
  };
  base::Status status;
  {
    feed::Importer importer(bank, progress);
    status = importer.rebuild();
  }
  if (io.progress) io.err << "\n";
  if (!status) {
    io.err << "guanhu import: " << status.error().text() << "\n";
    return kWrong;
  }
  size_t dates = feed::read_status(bank).dates.size();
  if (asked.json) {
    io.out << base::Json(base::JsonObject{{"rebuilt", dates}, {"recovered", recovered_json(bank)}}).dump(1)
           << "\n";
  } else {
    io.out << "已由留存文件重建，共 " << dates << " 个业务日期\n";
  }
  return kDone;
}

base::Json status_json(const feed::Bank& bank, const feed::Status& status) {
  base::JsonArray dates, open;
  for (const auto& d : status.dates)
    dates.push_back(base::JsonObject{{"business_date", d.business_date},
                                     {"import_id", d.import_id},
                                     {"applied_at", d.applied_at},
                                     {"tolerance", d.tolerance ? base::Json(*d.tolerance) : base::Json()},
                                     {"rejects", d.rejects}});
  for (const auto& o : status.open) open.push_back(feed::to_json(o.total));
  return base::JsonObject{
      {"dates", std::move(dates)}, {"open_totals", std::move(open)}, {"recovered", recovered_json(bank)}};
}

int show_status(feed::Bank& bank, const Asked& asked, Io& io) {
  feed::Status status = feed::read_status(bank);
  if (asked.json) {
    io.out << status_json(bank, status).dump(1) << "\n";
    return kDone;
  }
  for (const auto& d : status.dates) {
    io.out << d.business_date << "  编号 " << d.import_id << "  " << d.applied_at;
    if (d.rejects > 0) io.out << "  容许 " << d.tolerance.value_or(0) << "，实有 " << d.rejects << " 处拒绝";
    io.out << "\n";
  }
  io.out << "共 " << status.dates.size() << " 个业务日期\n";
  for (const std::string& open : bank.open_totals()) io.out << open << "\n";
  return kDone;
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto fail = [&](const base::Error& error) {
    io.err << "guanhu import: " << error.text() << "\n";
    return kWrong;
  };
  auto asked = read(arguments, io);
  if (!asked) return fail(asked.error());
  if (asked->rebuild && io.held)
    return fail(
        {"cli.held", "a server holds the data folder", asked->data, "stop it before you rebuild the warehouse"});
  feed::BankOptions options = bank_options(io);
  options.rebuild = asked->rebuild;
  auto bank = open_bank(asked->data, io, options);
  if (!bank) return fail(bank.error());
  for (const std::string& note : bank->notes()) io.err << note << "\n";
  if (asked->status) return show_status(*bank, *asked, io);
  if (asked->rebuild) return rebuild(*bank, *asked, io);
  return import_dates(*bank, *asked, io);
}

}  // namespace

const Command kImportCommand = {"import", "imports business dates from the core system's extracts", kHelp, run};

}  // namespace guanhu::cli
