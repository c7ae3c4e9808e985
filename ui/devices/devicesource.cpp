#include "ui/devices/devicesource.h"

#include "ui/devices/devicefilter.h"
#include "ui/devices/devicetext.h"
#include "ui/shared/formatting.h"
#include "ui/shell/palette.h"
#include "ui/workspace/ask.h"

#include <QCoreApplication>

#include <memory>

namespace affinity::ui {
namespace {

struct DeviceSourceWords {
    Q_DECLARE_TR_FUNCTIONS(affinity::ui::DeviceSource)
};

class DeviceSearch : public QObject {
public:
    explicit DeviceSearch(Workspace& workspace) : m_workspace(workspace) {}

    void find(const QString& text, const std::function<void(std::vector<PaletteItem>)>& reply) {
        DeviceFilter filter;
        filter.text = text;
        store::DeviceQuery query = deviceQuery(filter, m_workspace.nowUs());
        query.limit = static_cast<int>(Palette::mostFound);
        m_request.ask(this, m_workspace.engine().devices(query),
                      [this, reply](const base::Result<store::DevicePage>& answer) {
                          std::vector<PaletteItem> items;
                          if (answer)
                              for (const store::DeviceRow& row : answer->rows)
                                  items.push_back(itemOf(row));
                          reply(std::move(items));
                      });
    }

private:
    PaletteItem itemOf(const store::DeviceRow& row) {
        PaletteItem item;
        item.id = QString::number(row.binding.id.value);
        item.text = DeviceSourceWords::tr("%1 %2").arg(item.id, nicknameText(row.binding));
        item.note =
            DeviceSourceWords::tr("user %1 · %2").arg(row.binding.userId.value).arg(dataText(row.binding.serial));
        item.icon = Icon::Devices;
        item.run = [workspace = &m_workspace, id = row.binding.id] {
            workspace->openDevice(id);
            return QString();
        };
        return item;
    }

    Workspace& m_workspace;
    LatestRequest<store::DevicePage> m_request;
};

} // namespace

PaletteSource devicePaletteSource(Workspace& workspace) {
    auto search = std::make_shared<DeviceSearch>(workspace);
    return [search](const QString& text, const auto& reply) { search->find(text, reply); };
}

} // namespace affinity::ui
